"""Questions about what the author has written: is there enough for the patient to say, and to learn from?"""

import re
from collections.abc import Iterator

from roleplay.scenarios.finding import Check, Checking, Finding
from roleplay.scenarios.graph import rests
from roleplay.scenarios.model import START, State, When
from roleplay.scenarios.source import Way
from roleplay.scoring.codes import Family, MarkKind, Move, Strategy

LONGEST_LINE = 2000
"""Characters in one line of the patient."""
FEWEST_VISITS = 2
FEWEST_REPLIES = 2

KINDS = {
    Family.WITHDRAWAL: {MarkKind.WITHDRAWAL, MarkKind.MIXED, MarkKind.HIDDEN},
    Family.CONFRONTATION: {MarkKind.CONFRONTATION, MarkKind.MIXED},
    Family.SILENT: {MarkKind.HIDDEN, MarkKind.WITHDRAWAL, MarkKind.MIXED},
}
"""What the first stage of each family may show; hidden and withdrawal are not told apart."""

_TELLING = re.compile(
    r"\bruptures?\b|\b(?:withdrawal|confrontation) markers?\b|\bsilent dissatisfaction\b", re.IGNORECASE
)


def family_and_models(checking: Checking) -> Iterator[Finding]:
    """Does the scenario follow the stage model of its family, and a control none?"""
    family, followed = checking.written.family, checking.followed
    if family is Family.NONE and followed:
        what = f"A control (`family: none`) follows `{followed[0].id}`."
        yield Finding(("follows",), "SC030", what, "Delete it from `follows`, or name the family.")
    elif family is not Family.NONE and (not followed or followed[0].id != family.value):
        what = f"The family is `{family}`, but the first stage model that is followed is another or none."
        yield Finding(("follows",), "SC030", what, f"Write `follows: [{family}]`, before any other.")


def onset_and_calm(checking: Checking) -> Iterator[Finding]:
    """Is it said when the strain comes, and is there enough to say before it?"""
    written = checking.written
    if written.family is Family.NONE:
        return
    if written.onset is None:
        yield Finding(
            ("family",), "SC031", "Nothing says when the strain comes.", "Add `onset: {earliest: 2, latest: 4}`."
        )
        return
    onset = written.onset
    if onset.earliest > onset.latest:
        what = f"The earliest onset ({onset.earliest}) is after the latest ({onset.latest})."
        yield Finding(("onset",), "SC031", what, "Exchange the two.")
    calm = written.states.get(START)
    if calm and len(calm.says) < onset.latest:
        what = f"`{START}` has {len(calm.says)} lines, and the strain may come as late as line {onset.latest}."
        cure = f"Write {onset.latest - len(calm.says)} more, or an earlier `latest`."
        yield Finding(("states", START, "says"), "SC032", what, cure)


def control_without_strain(checking: Checking) -> Iterator[Finding]:
    """Is there really nothing to find in a control?"""
    written = checking.written
    if written.family is not Family.NONE:
        return
    if written.onset is not None:
        yield Finding(("onset",), "SC033", "A control has an onset.", "Delete `onset`, or name the family.")
    for way, _, line in checking.lines():
        if line.rupture:
            what = "A line of a control carries a rupture."
            yield Finding((*way, "rupture"), "SC033", what, "Delete `rupture`, or name the family.")


def marked_entry(checking: Checking) -> Iterator[Finding]:
    """Does each line of the first stage say what strain it carries, and is it one of the family's?"""
    kinds = KINDS.get(checking.written.family)
    entry = checking.scenario.entry
    for way, place, line in checking.lines():
        if kinds is None or place != entry or way[2] != "says":
            continue
        if line.rupture is None:
            what = "A line of the first stage does not say what strain it carries."
            cure = "Add `rupture: {kind: ..., markers: [...], intensity: ..., about: ...}`."
            yield Finding(way, "SC034", what, cure)
        elif line.rupture.kind not in kinds:
            what = f"The first line of strain is `{line.rupture.kind}`, but the family is `{checking.written.family}`."
            cure = f"Write one of: {', '.join(sorted(kinds))}."
            yield Finding((*way, "rupture", "kind"), "SC035", what, cure)


def enough_to_say(checking: Checking) -> Iterator[Finding]:
    """Has the patient something to say in each state, and something new the second time?"""
    for name, state in checking.written.states.items():
        if not state.says:
            what = f"The patient has nothing to say in `{name}`."
            yield Finding(("states", name), "SC036", what, 'Add `says:` with a list of lines, `- {line: "..."}`.')
        elif name in checking.stages and len(state.says) < FEWEST_VISITS:
            what = f"In `{name}` the patient would repeat the only line."
            yield Finding(("states", name, "says"), "SC037", what, "Write a second item: what is said on coming back.")


def complete_teaching(checking: Checking) -> Iterator[Finding]:
    """Can a trainee learn from each stage of the strain?"""
    for name, state in checking.scenario.states.items():
        if name in checking.stages and (missing := list(_missing(state))):
            way = ("states", name, "teach")
            what = f"`teach` of `{name}` is not complete: {', '.join(missing)}."
            yield Finding(way, "SC038", what, "Write what a supervisor would say.")


def _missing(state: State) -> Iterator[str]:
    for key in ("hint", "missed_cue", "why"):
        if not getattr(state.teach, key).strip():
            yield f"no `{key}`"
    if len(state.teach.model_replies) < FEWEST_REPLIES:
        yield f"fewer than {FEWEST_REPLIES} `model_replies`"


def different_replies(checking: Checking) -> Iterator[Finding]:
    """Are the model replies of a state really several?"""
    for name, state in checking.written.states.items():
        seen: dict[str, int] = {}
        for number, reply in enumerate(state.teach.model_replies):
            first = seen.setdefault(" ".join(reply.casefold().split()), number)
            if first != number:
                what = f"This model reply is the same as number {first + 1}."
                way = ("states", name, "teach", "model_replies", number)
                yield Finding(way, "SC039", what, "Show another manner, or delete it.")


def telling_briefing(checking: Checking) -> Iterator[Finding]:
    """Does what the trainee reads beforehand give the answer away?"""
    written = checking.written
    for way, text in ((("briefing",), written.briefing), (("patient", "background"), written.patient.background)):
        if found := _TELLING.search(text):
            what = f"The trainee reads `{found[0]}` before the conversation."
            yield Finding(way, "SC040", what, "Say what happened, not what it is called.")


def risk_has_a_branch(checking: Checking) -> Iterator[Finding]:
    """Where a line gives reason to ask about safety, does asking lead somewhere?"""
    places = {place.name: place.rows for place in checking.places()}
    for way, place, line in checking.lines():
        if line.risk and not any(_answers_asking(row.when) for row in places.get(place, ())):
            what = "This line gives reason to ask about safety, but asking leads nowhere."
            branch = "Add `safety` to `follows` and write `safety.asked` and `safety.unasked`"
            cure = f"{branch}, or give the state a transition for `ask_safety`."
            yield Finding(way, "SC041", what, cure)


def _answers_asking(when: When) -> bool:
    return any(code in (Move.ASK_SAFETY, Strategy.SAFETY) for code in (*when.any, *when.all))


def known_parameters(checking: Checking) -> Iterator[Finding]:
    """Does the patient have numbers to start with?"""
    if checking.scenario.parameters is None:
        what = "Type `none` brings no parameters with it."
        numbers = "{trust: 4, gain_per_fit: 0.8, loss_per_harm: 1.5, loops: 1, max_turns: 12}"
        cure = f"Add `parameters: {numbers}` with this patient's numbers."
        yield Finding(("patient", "type"), "SC042", what, cure)


def unsure_lines(checking: Checking) -> Iterator[Finding]:
    """Can the patient ask again, everywhere, when a reply was not understood?"""
    if checking.written.unsure:
        return
    bare = [name for name, state in checking.written.states.items() if state.unsure is None]
    bare += [name for name, ending in checking.scenario.endings.items() if rests(ending)]
    if bare:
        what = f"In `{bare[0]}` the patient has no line for a reply that was not understood."
        cure = 'Add `unsure: {line: "Sorry, say that again?"}` at the top level, in the patient\'s voice.'
        yield Finding((checking.section(bare[0]), bare[0]), "SC043", what, cure)


def endings_that_rest(checking: Checking) -> Iterator[Finding]:
    """Is what a resting point says ever said?"""
    for name, ending in checking.scenario.endings.items():
        if ending.says and not ending.transitions:
            what = f"`says` of the ending `{name}` is never said: nothing can follow it."
            cure = "Delete it and use `line`, or add `transitions`, which make it a resting point."
            yield Finding(("endings", name, "says"), "SC044", what, cure)


def long_lines(checking: Checking) -> Iterator[Finding]:
    """Would anybody say all this in one breath?"""
    for way, _, line in checking.lines():
        for key in ("line", "cue", "unsaid"):
            yield from _too_long((*way, key), getattr(line, key))
    for name, ending in checking.written.endings.items():
        for key in ("line", "cue", "unsaid", "account", "aftermath"):
            yield from _too_long(("endings", name, key), getattr(ending, key))


def _too_long(way: Way, text: str) -> Iterator[Finding]:
    if len(text) > LONGEST_LINE:
        what = f"This is {len(text):,} characters long."
        yield Finding(way, "SC021", what, f"Keep it under {LONGEST_LINE:,}: a patient speaks in turns.")


CONTENT: tuple[Check, ...] = (
    family_and_models,
    onset_and_calm,
    control_without_strain,
    marked_entry,
    enough_to_say,
    complete_teaching,
    different_replies,
    telling_briefing,
    risk_has_a_branch,
    known_parameters,
    unsure_lines,
    endings_that_rest,
    long_lines,
)
