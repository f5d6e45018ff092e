"""The command that reads one reply, or a stream of them."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from roleplay.cli.options import json_option
from roleplay.cli.output import print_json, say
from roleplay.cli.second_opinion import judge_option, second_opinions, yes_send_option
from roleplay.cli.streams import is_terminal
from roleplay.errors import ServiceError, UsageError
from roleplay.scoring.codes import Marker

if TYPE_CHECKING:
    from roleplay.cli.second_opinion import SecondOpinions
    from roleplay.judging.judge import Opinion
    from roleplay.scoring.coding import Coder

FAMILIES = ("withdrawal", "confrontation", "silent_dissatisfaction", "none")


class Tension(click.FloatRange):
    """A number in a range. NaN is in none, though it compares as if it were."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        number = float(super().convert(value, param, ctx))
        if isnan(number):
            self.fail(f"{value} is not a number.", param, ctx)
        return number


@click.command()
@click.argument("text", required=False)
@click.option("--jsonl", is_flag=True, help="Read one JSON object a line and write one a line, in the same order.")
@click.option("--file", type=click.Path(path_type=Path), help="Read the reply, or the lines, from here, not stdin.")
@json_option
@click.option("--line", "patient_line", metavar="WORDS", help="What the patient has just said.")
@click.option("--cue", metavar="WORDS", help="What could be seen as it was said.")
@click.option("--context", metavar="WORDS", help="What the trainee was told beforehand.")
@click.option(
    "--family",
    type=click.Choice(FAMILIES),
    help="What kind of strain it is; none: nothing to repair. Otherwise withdrawal.",
)
@click.option("--type", "patient_type", type=click.Choice(("A", "B", "C", "none")), help="The patient's type.")
@click.option("--axis", type=click.Choice(("self_definition", "relatedness", "mixed")), help="The patient's struggle.")
@click.option(
    "--strain", type=click.Choice(("fresh", "open", "none")), help="Whether this line carries it. Otherwise fresh."
)
@click.option("--about", type=click.Choice(("task", "goal", "bond", "frame")), help="What the strain is about.")
@click.option("--lapse", "therapist_lapse", metavar="WORDS", help="What the therapist did.")
@click.option("--tension", metavar="0..10", type=Tension(0, 10), help="How tense it is, 0 to 10.")
@click.option("--intensity", metavar="1..5", type=click.IntRange(1, 5), help="How strong the strain is, 1 to 5.")
@click.option(
    "--marker",
    "markers",
    multiple=True,
    metavar="SLUG",
    type=click.Choice([str(marker) for marker in Marker]),
    help="A marker in the patient's line, as in `roleplay codebook`; repeatable.",
)
@judge_option
@yes_send_option
@click.option("--explain", is_flag=True, help="Say of each code what it means, how sure it is and what came next.")
def score(
    text: str | None,
    file: Path | None,
    *,
    jsonl: bool,
    as_json: bool,
    judge: bool,
    yes_send: bool,
    explain: bool,
    **known: object,
) -> None:
    """Read a reply: which codes its words carry, and how it fits.

    Without TEXT the reply comes from stdin or --file. It is taken to answer a fresh strain, unless --family none or
    --strain says otherwise. What else is not known of the moment is left out, and with it the ratings that depend on
    it.

    With --jsonl a line holds `response`, and may hold `id`, `patient_line`, `cue`, `context`, `history` (pairs such as
    ["therapist", "How was it?"]), `family`, `patient_type`, `axis`, `strain`, `about`, `therapist_lapse`, `tension`,
    `intensity` and `markers`. A line that cannot be read gives {"id": ..., "error": ...} in its place, is told on
    stderr, and makes the exit code 1.

    With --judge the model that was set up reads the reply too; its opinion stands beside, in JSON under `opinion`.
    What is sent is shown before the first use. A reply
    without words or of more than 6,000 characters is not sent. Exits 3 when an opinion could not be had.
    """
    if explain and (jsonl or as_json):
        raise UsageError("--explain tells a person. Leave it out with --json and --jsonl.")
    coder = _coder()
    opinions = second_opinions(yes=yes_send) if judge else None
    if jsonl:
        if text is not None:
            raise UsageError("With --jsonl the replies come from stdin or --file, not from the command line.")
        with _opened(file, "the lines") as stream:
            wrong, failed = _score_lines(stream, coder, opinions)
        if failed and not wrong:
            raise ServiceError(f"{failed} of the second opinions could not be had.")
        click.get_current_context().exit(1 if wrong else 0)
    if text is not None and file is not None:
        raise UsageError("Give the reply as TEXT or with --file, not both.")
    record = {"response": _reply(file) if text is None else text} | {
        k: v for k, v in known.items() if v not in (None, ())
    }
    _score_one(json.dumps(record), coder, opinions, as_json=as_json, explain=explain)


def _coder() -> "Coder":
    """The best coder there is; where it is not the trained one, stderr says why."""
    from roleplay.scoring.reader import reader

    found = reader()
    if found.because:
        say(found.because, err=True)
    return found.coder


def _score_one(record: str, coder: "Coder", opinions: "SecondOpinions | None", *, as_json: bool, explain: bool) -> None:
    from roleplay.cli.explained import print_explained
    from roleplay.cli.score_words import print_reading
    from roleplay.scoring.record import score_record

    if not as_json:
        (print_explained if explain else print_reading)(record, coder)
    opinion = opinions.on_record(record) if opinions else None
    if as_json:
        print_json(json.loads(score_record(record, coder)) | _beside(opinions, opinion))
    elif opinions and opinion:
        opinions.print(opinion, json.loads(record)["response"])
    if opinion and opinion.failed:
        raise ServiceError(f"The second opinion could not be had: {opinion.problem}.")


def _beside(opinions: "SecondOpinions | None", opinion: "Opinion | None") -> dict[str, Any]:
    """What is added to an answer: nothing, unless an opinion was asked for."""
    return {"opinion": opinions.record(opinion) if opinion else None} if opinions else {}


def _score_lines(stream: IO[bytes], coder: "Coder", opinions: "SecondOpinions | None") -> tuple[int, int]:
    """Answers each line as it comes; gives how many could not be read, and how many opinions could not be had.

    Blank lines are none.
    """
    from roleplay.debrief.plain_text import visible_json
    from roleplay.scoring.record import score_or_error

    wrong = failed = 0
    for number, raw in enumerate(stream, 1):
        if not raw.strip():
            continue
        # A byte that is not UTF-8 inside the JSON is a mistake of its line, and of that line only.
        line = raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace")
        answer, error = score_or_error(line, coder)
        if opinions and error is None:
            opinion = opinions.on_record(line)
            answer = json.dumps(json.loads(answer) | _beside(opinions, opinion), ensure_ascii=False)
            failed += bool(opinion and opinion.failed)
        sys.stdout.write(f"{visible_json(answer)}\n")
        sys.stdout.flush()
        if error is not None:
            wrong += 1
            say(f"line {number}: {error}", err=True)
    return wrong, failed


def _reply(file: Path | None) -> str:
    with _opened(file, "the reply") as stream:
        return stream.read().decode("utf-8", "replace").removesuffix("\n")


@contextmanager
def _opened(file: Path | None, what: str) -> Iterator[IO[bytes]]:
    """The bytes of the file, or of stdin when nobody has to type them."""
    if file is None:
        if is_terminal(sys.stdin):
            raise UsageError(f"Give {what} on the command line, with --file, or through a pipe.")
        yield sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        raise UsageError(f"`{file}` cannot be read ({error.strerror}).") from error
    with opened:
        yield opened
