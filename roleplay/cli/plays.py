"""The command that plays an author's scripted conversations."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.output import say
from roleplay.errors import PlayFailed, UsageError

if TYPE_CHECKING:
    from roleplay.cli.scored import Reading
    from roleplay.engine.plays import AuthorPlay
    from roleplay.engine.plays import Step as PlayStep
    from roleplay.scenarios.model import Scenario
    from roleplay.scoring.coding import Coder


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--scored", is_flag=True, help="Also read the words, and show where the coder differs from the play.")
def test(paths: tuple[str, ...], *, scored: bool) -> None:
    """Play the scripted conversations beside scenario files.

    They lie in plays/, under the same name. A play says what the trainee says, with its codes, and where the
    patient must be then. One line a file on stdout, one line a failed play on stderr. Exits 1 if any failed; where
    the coder differs with --scored changes nothing.
    """
    from roleplay.cli.scored import print_readings

    coder = _coder() if scored else None
    failures: list[str] = []
    readings: list[Reading] = []
    for file in _scenarios(paths):
        failures += _tested(file, coder, readings)
    if scored:
        print_readings(readings)
    if failures:
        raise PlayFailed("\n".join(failures))


def _coder() -> "Coder":
    from roleplay.scoring.reader import reader

    return reader().coder


def _scenarios(paths: tuple[str, ...]) -> list[Path]:
    """The scenario files meant; a file of plays stands for the scenario it belongs to."""
    from roleplay.cli.files import holds_plays, named_files

    named = named_files(paths, plays=False)
    return list(dict.fromkeys(file.parent.parent / file.name if holds_plays(file) else file for file in named))


def _tested(file: Path, coder: "Coder | None", readings: "list[Reading]") -> list[str]:
    """Plays everything beside one scenario file, prints its line, and gives what failed."""
    from roleplay.engine.plays import plays_beside, plays_in
    from roleplay.scenarios.load import read_scenario

    if not file.is_file():
        raise UsageError(f"`{file}` does not exist. Plays lie in plays/ beside the scenario of the same name.")
    beside = plays_beside(file)
    if not beside.is_file():
        say(f"{file}: no plays (none in {beside})")
        return []
    scenario, plays = read_scenario(file), plays_in(beside)
    failures = [failure for play in plays if (failure := _failure(scenario, play, coder, readings))]
    passed = f"{len(plays) - len(failures)} of {len(plays)} plays" if failures else f"{len(plays)} plays"
    say(f"{file}: {passed} ok")
    return [f"{beside}: {failure}" for failure in failures]


def _failure(
    scenario: "Scenario", play: "AuthorPlay", coder: "Coder | None", readings: "list[Reading]"
) -> str:  # fmt: skip
    """Where a play leaves what is written, in words; empty where it never does."""
    from roleplay.cli.scored import Reading
    from roleplay.engine.plays import run

    wrong: PlayStep | None = None
    for step in run(scenario, play, coder):
        if step.scored is not None:
            readings.append(Reading(scenario.id, play.play, step.number, step.turn, step.scored))
        if wrong is None and not step.as_written:
            wrong = step
    if wrong is None:
        return ""
    expected = f"expected {wrong.turn.then}, got {wrong.reached}"
    return f"`{play.play}`, turn {wrong.number}: {expected}, because {'; '.join(_why(scenario, play, wrong.number))}."


def _why(scenario: "Scenario", play: "AuthorPlay", number: int) -> Iterator[str]:
    """What the transitions saw at a turn of a play, and which of them admitted."""
    from roleplay.engine.events import SessionEnded, StateEntered
    from roleplay.engine.step import begin, step

    session, _ = begin(scenario, "", seed=play.seed, onset=play.onset)
    for turn in play.turns[: number - 1]:
        session, _ = step(scenario, session, turn.say, turn.coding())
        if session.ending is not None:
            yield f"the conversation was over by then ({session.ending})"
            return
    before = session.state
    turn = play.turns[number - 1]
    _, events = step(scenario, session, turn.say, turn.coding())
    for event in events:
        if isinstance(event, StateEntered):
            yield f"the reply was read as {', '.join(event.moves) or 'nothing'}"
            yield _row_taken(scenario, before, event.row)
        elif isinstance(event, SessionEnded) and event.because == "time":
            yield "the time was up"


def _row_taken(scenario: "Scenario", state: str, row: int | None) -> str:
    from roleplay.scenarios.conditions import when_in_words

    if row is None:
        return "the strain came of itself"
    place = scenario.states.get(state) or scenario.endings.get(state)
    if place is None or row >= len(place.transitions):
        return f"transition {row + 1} of `{state}` was taken"
    return f"transition {row + 1} of `{state}` was taken ({when_in_words(place.transitions[row].when)})"
