"""Stage models merged into scenarios; canonical text."""

import pytest

from roleplay.scenarios.conditions import OTHERWISE
from roleplay.scenarios.load import load_text
from roleplay.scenarios.model import ModelState, Scenario, Stage, StageModel, TimeUp, Transition, When
from roleplay.scenarios.resolve import (
    Origin,
    canonical,
    digest,
    from_canonical,
    merge,
    resolve,
    stage_models,
    type_parameters,
)

TIDE = StageModel(
    format=1,
    id="tide",
    title="Tide",
    source="Made up for these tests.",
    entry="tide.low",
    time_up=TimeUp(unopened="tide.gone", opened="tide.late"),
    anywhere=(Transition(when=When(any=("unsafe",)), to="tide.help", if_absent=("tide.gone",)),),
    states={
        "tide.low": ModelState(
            stage=Stage(order=0, depth="early"),
            hint="Look at the sand.",
            transitions=(
                Transition(when=When(any=("own",)), to="tide.high", if_absent=("tide.middle", "tide.back")),
                Transition(when=When(any=("invite",)), to="tide.nowhere", if_absent=("tide.noplace",)),
                Transition(when=When(any=("link",), seen=("tide.high",)), to="tide.back"),
                Transition(to="tide.low"),
            ),
        )
    },
    endings={},
)
MODELS = {"tide": TIDE}

TEXT = """
format: 1
id: tide
title: Tide
family: none
difficulty: 1
setting: {modality: CBT, session: 1, place: "a beach"}
patient: {name: Ada, age: 40, background: "A baker.", type: B, struggle: mixed, wants: "Air."}
briefing: "First session."
follows: [tide]
onset: {earliest: 1, latest: 1}
unsure: {line: "Pardon?"}
states:
  calm: {says: [{line: "Hello."}]}
  tide.low:
    says: [{line: "Low."}]
    transitions: [{when: {any: [press]}, to: tide.back}]
endings:
  tide.back: {line: "Good.", account: "Good.", resolution: 5}
  tide.gone: {line: "Bye.", account: "Bad.", resolution: 1}
"""


def tide(*changes: tuple[str, str]) -> Scenario:
    text = TEXT
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return load_text(text)


def ways(scenario: Scenario, state: str) -> list[tuple[str, str]]:
    """First move of each row (or "-") and where it leads."""
    return [(row.when.any[0] if row.when.any else "-", row.to) for row in scenario.states[state].transitions]


def test_rows_are_those_from_anywhere_then_the_authors_then_the_inherited():
    resolved = resolve(tide(), MODELS)

    assert ways(resolved, "tide.low") == [
        ("unsafe", "tide.gone"),  # anywhere; tide.help is not written
        ("press", "tide.back"),  # the author's
        ("own", "tide.back"),  # inherited; the second of its `if_absent` is the first that is written
        ("invite", "tide.nowhere"),  # nothing stands in: left for the check to report
        ("-", "tide.low"),  # the row after tide.high is gone: it could never be taken
    ]


def test_a_resolved_row_says_only_where_it_leads():
    assert all(row.if_absent == () for row in resolve(tide(), MODELS).states["tide.low"].transitions)


def test_replace_discards_the_inherited_rows_but_not_those_from_anywhere():
    resolved = resolve(tide(("    transitions:", "    replace: true\n    transitions:")), MODELS)

    assert ways(resolved, "tide.low") == [("unsafe", "tide.gone"), ("press", "tide.back")]


def test_calm_stays_calm_until_the_onset():
    resolved = resolve(tide(), MODELS)

    assert ways(resolved, "calm") == [("unsafe", "tide.gone"), ("-", "calm")]


def test_calm_of_a_scenario_without_onset_is_left_as_it_is():
    resolved = resolve(tide(("onset: {earliest: 1, latest: 1}\n", "")), MODELS)

    assert ways(resolved, "calm") == [("unsafe", "tide.gone")]


def test_states_and_endings_both_count_as_written():
    resolved = resolve(tide(("endings:\n", "  tide.middle: {says: [{line: M}]}\nendings:\n")), MODELS)

    assert ("own", "tide.middle") in ways(resolved, "tide.low")


def test_a_models_states_come_only_if_they_are_written():
    assert resolve(tide(), MODELS).states.keys() == {"calm", "tide.low"}


def test_stage_hint_and_unsure_are_filled_in():
    low = resolve(tide(), MODELS).states["tide.low"]

    assert low.stage == Stage(order=0, depth="early")
    assert low.teach.hint == "Look at the sand."
    assert low.unsure is not None
    assert low.unsure.line == "Pardon?"


def test_what_the_author_wrote_is_kept():
    said = (
        '    says: [{line: "Low."}]\n',
        '    says: [{line: "Low."}]\n    unsure: {line: "Eh?"}\n    teach: {hint: "Mine."}\n',
    )

    low = resolve(tide(said), MODELS).states["tide.low"]

    assert low.teach.hint == "Mine."
    assert low.unsure is not None
    assert low.unsure.line == "Eh?"


def test_the_time_being_up_ends_as_unopened_where_the_other_ending_is_not_written():
    assert resolve(tide(), MODELS).time_up == TimeUp(unopened="tide.gone", opened="tide.gone")


def test_a_control_ends_unfinished_when_the_time_is_up(quiet_hour):
    assert resolve(load_text(quiet_hour), {}).time_up == TimeUp(unopened="unfinished", opened="unfinished")


def test_parameters_come_from_the_type_and_max_turns_from_the_author():
    plain = resolve(tide(), MODELS).parameters
    longer = resolve(tide(("onset:", "max_turns: 20\nonset:")), MODELS).parameters

    # types.yaml, B: {trust: 5, gain_per_fit: 1.0, loss_per_harm: 1.5, loops: 1, max_turns: 12}
    assert plain is not None
    assert longer is not None
    assert (plain.trust, plain.gain_per_fit, plain.loss_per_harm, plain.loops, plain.max_turns) == (5, 1, 1.5, 1, 12)
    assert longer == plain.model_copy(update={"max_turns": 20})


def test_type_none_brings_no_parameters():
    assert resolve(tide(("type: B", "type: none")), MODELS).parameters is None
    assert "none" not in type_parameters()


def test_origins_say_where_each_row_comes_from():
    merged = merge(tide(), MODELS)

    assert merged.origins["states", "tide.low"] == (
        Origin("tide"),
        Origin(None, 0),
        Origin("tide"),
        Origin("tide"),
        Origin("tide"),
    )


def test_an_unknown_model_is_passed_over():
    written = tide(("follows: [tide]", "follows: [ebb, tide]"))

    assert resolve(written, MODELS).states == resolve(tide(), MODELS).states


def test_resolving_again_changes_nothing(one_sheet_more):
    for written, models in ((tide(), MODELS), (load_text(one_sheet_more), stage_models())):
        resolved = resolve(written, models)

        assert resolve(resolved, {}) == resolved


def test_canonical_text_gives_the_same_scenario_back(one_sheet_more, quiet_hour):
    for text in (one_sheet_more, quiet_hour):
        resolved = resolve(load_text(text), stage_models())

        assert from_canonical(canonical(resolved)) == resolved
        assert canonical(from_canonical(canonical(resolved))) == canonical(resolved)


def test_the_digest_depends_on_what_is_written_and_not_on_how(quiet_hour):
    plain = digest(load_text(quiet_hour))
    rewritten = quiet_hour.replace("difficulty: 1\n", "").replace(
        "title: ", "# a comment\ndifficulty: 1\ncontent: []\ntitle: "
    )

    assert len(plain) == 64
    assert digest(load_text(rewritten)) == plain
    assert digest(load_text(quiet_hour.replace("a letter", "a card"))) != plain


def test_canonical_text_is_one_line_in_every_reading_of_line(quiet_hour):
    odd = load_text(quiet_hour.replace("a letter", "a \\u2028\\u2029\\N letter"))

    assert len(canonical(odd).splitlines()) == 1
    assert from_canonical(canonical(odd)) == odd


def test_canonical_text_writes_aliases_as_the_author_does(one_sheet_more):
    text = canonical(resolve(load_text(one_sheet_more), stage_models()))

    assert '"as":"back"' in text
    assert "counts_as" not in text


@pytest.mark.parametrize("model", stage_models().values(), ids=lambda model: model.id)
def test_every_stage_model_hangs_together(model):
    names = {name for other in stage_models().values() for name in (*other.states, *other.endings)} | {"return"}
    places = {**model.states, **model.endings}

    for row in (row for place in places.values() for row in place.transitions):
        assert {row.to, *row.if_absent, *row.when.seen} <= names
    for place in model.states.values():
        assert place.transitions[-1].when == OTHERWISE
        assert all(row.when != OTHERWISE for row in place.transitions[:-1])
    if model.time_up:
        assert {model.time_up.unopened, model.time_up.opened} <= model.endings.keys()
        assert model.entry in model.states
