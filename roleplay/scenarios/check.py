"""Questions asked of a scenario that has been understood: can it be played, and will it teach?

Each check is a generator named for its question. References come first: nothing is asked of the graph before
they are sound.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice

from roleplay.errors import Problem
from roleplay.scenarios.conditions import OTHERWISE, Shadow, shadows
from roleplay.scenarios.content import CONTENT
from roleplay.scenarios.finding import Check, Checking, Finding, WaysOut
from roleplay.scenarios.graph import edges_of, rests, trapped, unreachable
from roleplay.scenarios.model import START, Scenario, StageModel, Transition
from roleplay.scenarios.resolve import RETURN, Merged
from roleplay.scenarios.source import Source, Way
from roleplay.scenarios.tree import MOST_PROBLEMS

MOST_ROWS = 100
"""Transitions one state can have of its own."""


def checked(written: Scenario, merged: Merged, source: Source, models: Mapping[str, StageModel]) -> Iterator[Problem]:
    """Every problem of a scenario, with its place in the author's file."""
    checking = Checking(written, merged.scenario, merged.origins, models)
    findings = list(islice(_found(checking, (*REFERENCES, *CONTENT)), MOST_PROBLEMS))
    if not any(finding.code in _UNSOUND for finding in findings):
        findings += islice(_found(checking, GRAPH), MOST_PROBLEMS)
    for finding in findings:
        place = source.at_key(finding.way) if finding.key else source.at(finding.way)
        yield Problem(source.file, *place, finding.code, finding.what, finding.cure)


def crowded(written: Scenario, source: Source) -> Iterator[Problem]:
    """Has any place more transitions than can be compared with each other?"""
    numbers = {("states", name): len(state.transitions) for name, state in written.states.items()}
    numbers |= {("endings", name): len(ending.transitions) for name, ending in written.endings.items()}
    for way, number in numbers.items():
        if number > MOST_ROWS:
            what = f"`{way[1]}` has {number} transitions."
            yield Problem(source.file, *source.at(way), "SC019", what, f"Write {MOST_ROWS} at most.")


def _found(checking: Checking, checks: tuple[Check, ...]) -> Iterator[Finding]:
    for check in checks:
        yield from check(checking)


def unknown_models(checking: Checking) -> Iterator[Finding]:
    """Does every followed stage model exist?"""
    for number, name in enumerate(checking.written.follows):
        if name not in checking.models:
            cure = nearest(name, checking.models)
            yield Finding(("follows", number), "SC022", f"There is no stage model `{name}`.", cure)


def unknown_stages(checking: Checking) -> Iterator[Finding]:
    """Does a name that begins like a stage model belong to it, and is the model followed?"""
    written = checking.written
    for where, names, others in (("states", written.states, "endings"), ("endings", written.endings, "states")):
        for name in names:
            model = checking.models.get(name.split(".")[0])
            if model is None or "." not in name:
                continue
            known = model.states if where == "states" else model.endings
            across = model.endings if where == "states" else model.states
            way = (where, name)
            if name in across:
                yield Finding(way, "SC024", f"`{name}` stands among the {where}.", f"Move it below `{others}`.")
            elif name not in known:
                what = f"The stage model `{model.id}` has no `{name}`."
                yield Finding(way, "SC024", what, nearest(name, known))
            elif model.id not in written.follows:
                what = f"`{name}` belongs to the stage model `{model.id}`, which this scenario does not follow."
                yield Finding(way, "SC024", what, f"Add `{model.id}` to `follows`.")


def unusable_names(checking: Checking) -> Iterator[Finding]:
    """Is a name used for a state and an ending at once, or one that cannot be used?"""
    written = checking.written
    for name in written.endings:
        if name in written.states:
            yield Finding(("endings", name), "SC025", f"`{name}` is a state as well.", "Rename one of the two.")
    for where in ("states", "endings"):
        for name in getattr(written, where):
            if name == RETURN:
                what = "`return` means the place from which the safety branch was entered."
                yield Finding((where, RETURN), "SC025", what, "Choose another name.")
            elif not _NAME.fullmatch(name):
                what = f"`{name[:40]}` cannot be the name of a place."
                cure = "Use letters, digits, hyphens, underscores and dots between them, 60 at most."
                yield Finding((where, name), "SC025", what, cure)
    if START not in written.states:
        what = f"There is no state `{START}`, where every conversation begins."
        yield Finding(("states",), "SC026", what, f"Write `{START}:` below `states`, with lines before any strain.")


def unknown_targets(checking: Checking) -> Iterator[Finding]:
    """Does everything that a transition names exist?"""
    missing: dict[str, list[WaysOut]] = {}
    for place in checking.places():
        lost = [number for number, row in enumerate(place.rows) if row.to not in checking.known]
        never = shadows(place.rows, checking.scenario) if lost else {}
        for number, row in enumerate(place.rows):
            if place.origins[number].model is None:
                yield from _unknown_in_own_row(checking, place.way_to(number), row)
            elif number in lost and number not in never:
                places = missing.setdefault(row.to, [])
                if not places or places[-1] is not place:
                    places.append(place)
    for target, places in missing.items():
        if target not in _missing_endings(checking):
            yield _not_written(checking, target, places)


def _unknown_in_own_row(checking: Checking, way: Way, row: Transition) -> Iterator[Finding]:
    if row.to not in checking.known:
        what = f"There is no state or ending `{row.to}`."
        yield Finding((*way, "to"), "SC006", what, nearest(row.to, checking.known))
    for state in row.when.seen:
        if state not in checking.known or state == RETURN:
            what = f"There is no state or ending `{state}` that could have been seen."
            yield Finding((*way, "when", "seen"), "SC006", what, nearest(state, checking.known - {RETURN}))


def _not_written(checking: Checking, target: str, places: list[WaysOut]) -> Finding:
    start = ", ".join(f"`{place.name}`" for place in places[:3])
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    below = "endings" if any(target in model.endings for model in checking.models.values()) else "states"
    what = f"The stage model leads from {start}{more} to `{target}`, which is not written here."
    cure = f"Write `{target}` below `{below}`, or transitions of your own for those replies."
    return Finding(places[0].way, "SC023", what, cure)


def unknown_ends(checking: Checking) -> Iterator[Finding]:
    """Are `entry` and the endings for the time being up written?"""
    scenario, written = checking.scenario, checking.written
    if scenario.onset and scenario.entry not in written.states and (scenario.entry or written.follows):
        what = f"The strain comes in at `{scenario.entry}`, which is not written."
        yield Finding(("follows",), "SC027", what, f"Write `{scenario.entry}` below `states`.")
    missing = _missing_endings(checking)
    if scenario.time_up is None and not checking.followed:
        what = "Nothing says how the conversation ends when the time is up."
        yield Finding(("endings",), "SC028", what, "Write an ending `unfinished`, or `time_up`.")
    if scenario.time_up is not None:
        for name in dict.fromkeys((scenario.time_up.unopened, scenario.time_up.opened)):
            if name not in written.endings and name not in missing:
                what = f"The ending `{name}`, for when the time is up, is not written."
                yield Finding(("time_up",) if written.time_up else ("endings",), "SC028", what, _write_ending(name))


def _write_ending(name: str) -> str:
    return f"Write `{name}` below `endings`."


def needed_endings(checking: Checking) -> Iterator[Finding]:
    """Can the first stage model end well and badly, and can any followed one be repaired?"""
    for name in _missing_endings(checking):
        yield Finding(("endings",), "SC029", f"There is no ending `{name}`.", _write_ending(name))


def _repairs(checking: Checking) -> list[str]:
    """The endings in which the strain is mended, by the stage models that are followed."""
    return [name for model in checking.followed for name in model.endings if name == f"{model.id}.repaired"]


def _missing_endings(checking: Checking) -> list[str]:
    models, written = checking.followed, checking.written.endings
    repairs = _repairs(checking)
    lost = [name for model in models[:1] for name in model.endings if name == f"{model.id}.left"]
    unrepaired = repairs[:1] if written.keys().isdisjoint(repairs) else []
    return [*unrepaired, *(name for name in lost if name not in written)]


def missing_otherwise(checking: Checking) -> Iterator[Finding]:
    """Is there a way on whatever the trainee says?"""
    for place in checking.places():
        ends = place.section == "endings" and not rests(checking.scenario.endings[place.name])
        if not ends and not any(row.when == OTHERWISE for row in place.rows):
            what = f"Nothing says where `{place.name}` goes when no transition admits the reply."
            cure = f"Add a last transition without `when`, such as `- {{to: {place.name}}}`."
            yield Finding(place.way, "SC008", what, cure)


def shadowed_rows(checking: Checking) -> Iterator[Finding]:
    """Can each of the author's own transitions be taken, and those inherited after an "otherwise"?"""
    for place in checking.places():
        own = [number for number, origin in enumerate(place.origins) if origin.model is None]
        if not own:
            continue
        never = shadows(place.rows, checking.scenario)
        yield from (_shadowed(place, number, never[number]) for number in own if number in never)
        if place.rows[own[-1]].when == OTHERWISE and own[-1] + 1 < len(place.rows):
            what = "After this transition without `when`, those of the stage model are never reached."
            cure = "Give it a `when`, or write `replace: true` if yours are to stand alone."
            yield Finding(place.way_to(own[-1]), "SC007", what, cure)


def _shadowed(place: WaysOut, number: int, why: Shadow) -> Finding:
    if why == "never":
        what = "This transition can never be taken: its conditions exclude each other, or this patient."
        return Finding(place.way_to(number), "SC007", what, "Mend its `when`, or delete it.")
    earlier = place.origins[why]
    by = f"transition {earlier.row + 1} of `{place.name}`" if earlier.model is None else f"the model `{earlier.model}`"
    what = f"This transition can never be taken: {by} admits every such reply before it."
    return Finding(place.way_to(number), "SC007", what, "Put the narrower condition first, or delete one of the two.")


def unreachable_places(checking: Checking) -> Iterator[Finding]:
    """Does something lead to each state and to each ending that no stage model asks for?"""
    spare = {name for model in checking.models.values() for name in model.endings}
    for name in unreachable(checking.scenario, edges_of(checking.scenario)):
        if name not in spare:
            way = (checking.section(name), name)
            yield Finding(way, "SC003", f"Nothing leads to `{name}`.", "Point a transition at it, or delete it.")


def mended_in_time(checking: Checking) -> Iterator[Finding]:
    """Does something lead to an ending in which the strain is mended, before the time is up?"""
    mended = [name for name in _repairs(checking) if name in checking.written.endings]
    if mended and set(mended).issubset(unreachable(checking.scenario, edges_of(checking.scenario), in_time=True)):
        what = f"Nothing leads to `{mended[0]}`: whatever is said, the strain is never mended."
        yield Finding(("endings", mended[0]), "SC003", what, "Point a transition at it.")


def trapped_states(checking: Checking) -> Iterator[Finding]:
    """Can an ending be reached from each state before the time is up?"""
    endings = sorted(checking.scenario.endings)
    some = ", ".join(endings[:6])
    for name in trapped(checking.scenario, edges_of(checking.scenario)):
        cure = f"Give it a way towards one of: {some}." if endings else "Write an ending, and a way to it."
        yield Finding(("states", name), "SC004", f"No ending can be reached from `{name}`.", cure)


def nearest(name: str, known: Mapping[str, object] | set[str]) -> str:
    """A cure for an unknown name: the nearest known one, and the others when they are few."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1) if len(names) < _MOST_COMPARED else []
    meant = f"Did you mean `{near[0]}`? " if near else ""
    return f"{meant}Known: {', '.join(names[:30])}{', ...' if len(names) > 30 else ''}."


REFERENCES: tuple[Check, ...] = (
    unknown_models,
    unknown_stages,
    unusable_names,
    unknown_targets,
    unknown_ends,
    needed_endings,
    missing_otherwise,
    shadowed_rows,
)
GRAPH: tuple[Check, ...] = (unreachable_places, mended_in_time, trapped_states)

_MOST_COMPARED = 1000
"""Names among which a misspelt one is looked for; more would take too long."""
_NAME = re.compile(r"(?=.{1,60}$)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")

_UNSOUND = {"SC006", "SC008", "SC022", "SC023", "SC024", "SC025", "SC026", "SC027", "SC028", "SC029"}
"""References to mend before anything can be asked of the graph."""
