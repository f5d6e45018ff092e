"""A moment in words, line by line, once for every renderer and the screen. All text in it is `visible`."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from roleplay.debrief.moment import Deed, Mark, Moment, Opinion
from roleplay.debrief.plain_text import one_line, visible
from roleplay.debrief.quoting import trimmed
from roleplay.debrief.report import Report
from roleplay.debrief.wording import capital, counted, lasted, quoted

Role = Literal["line", "cue", "strain", "unsaid", "said", "act", "verdict", "words", "effect", "note"]


class Told(NamedTuple):
    """One line of a moment. `who` stands on the first line of each speaker only."""

    who: str
    role: Role
    text: str


class Section(NamedTuple):
    """A part of a whole turn: a heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def told(moment: Moment, patient: str) -> tuple[Told, ...]:
    """A moment as the debrief shows it at first sight."""
    return (*_patient_told(moment, patient), *_trainee_told(moment))


def _patient_told(moment: Moment, patient: str) -> Iterator[Told]:
    line = visible(moment.line) if moment.line else "…"
    yield Told(visible(patient), "line", line)
    if moment.cue:
        yield Told("", "cue", one_line(moment.cue))
    if moment.asked_again:
        yield Told("", "note", "asked again, the reply before could not be read")
    if moment.sign:
        yield Told("", "strain", moment.sign)
    if moment.unsaid:
        yield Told("", "unsaid", f"unsaid: {one_line(moment.unsaid)}")


def _trainee_told(moment: Moment) -> Iterator[Told]:
    if not moment.answered:
        yield Told("you", "act", "have not answered yet")
        return
    yield from (Told("", "note", f"‖ paused for {seconds} seconds") for seconds in moment.paused)
    if moment.silence or not moment.said:
        yield Told("you", "act", "say nothing for a while")
    else:
        yield Told("you", "said", visible(moment.said))
    if moment.verdict:
        yield Told("", "verdict", one_line(moment.verdict))
    if moment.reread:
        yield Told("", "verdict", mark_told(moment.reread))
    if cited := _cited(moment):
        yield Told("", "words", cited)
    if moment.missed:
        yield Told("", "note", f"○ there to notice: {one_line(moment.missed)}")
    if moment.effect:
        yield Told("", "effect", f"→ {one_line(moment.effect)}")
    for contested in moment.contested:
        yield Told("", "note", f"you meant: {one_line(contested.meant)}")
    for opinion in moment.opinions:
        yield Told("", "note", opinion_told(opinion, moment.reading))


def opinion_told(opinion: Opinion, reading: Opinion | None) -> str:
    """Another scorer's opinion, and what the reading said that counts."""
    whose = "Second opinion" if opinion.judge else "Read again"
    name = opinion.version if opinion.judge else f"{opinion.scorer} {opinion.version}"
    program = f"; the program said: {_read(reading)}" if reading else ""
    return one_line(f"{whose} ({name}): {_read(opinion)}{program}.")


def _read(opinion: Opinion) -> str:
    if opinion.recognition is None:
        return f"not read{f' ({opinion.because})' if opinion.because else ''}"
    done = ", ".join(f"{short} {quoted(words, 40)}" if words.strip() else short for short, words in opinion.deeds)
    return f"{done or 'no code'}, recognition {opinion.recognition}, contact {opinion.contact}"


def mark_told(mark: Mark) -> str:
    """A mark with what was said about it."""
    took = f", as {mark.kind}" if mark.kind else ""
    pointed = f", at “{one_line(mark.pointed)}”" if mark.pointed else ""
    return f"{mark.sign} {mark.words}{took}{pointed}"


def _cited(moment: Moment) -> str:
    """The words that the first deed rests on, where they are not the whole reply and were not used before."""
    if moment.again:
        return ""
    for deed in moment.deeds:
        if deed.words and not deed.of_patient and deed.words != trimmed(moment.said):
            unsure = "" if deed.sure else " (not sure)"
            return f"“{one_line(deed.words)}”{unsure}"
    return "(not sure)" if moment.deeds and not moment.deeds[0].sure else ""


def sections(moment: Moment) -> tuple[Section, ...]:
    """Everything else about a moment, model replies apart; sections without content are left out."""
    found = (
        Section("How it was read", tuple(_reading(moment))),
        Section("What it rests on", tuple(one_line(rule) for rule in moment.rules if rule)),
        Section("What was there to notice", tuple(_noticing(moment))),
        Section("The coach", tuple(one_line(f"{remark.question} {remark.text}") for remark in moment.remarks)),
        Section("Hints", tuple(one_line(hint) for hint in moment.hints)),
        Section("Contested", tuple(f"You meant: {one_line(item.meant)}" for item in moment.contested)),
        Section("Beside it", tuple(one_line(f"{item.reviewer}: {item.text}") for item in moment.reviews)),
    )
    return tuple(section for section in found if section.paragraphs)


def _reading(moment: Moment) -> Iterator[str]:
    if moment.unread:
        yield one_line(f"Not read. {moment.unread} Nothing was counted.")
    if moment.mark:
        yield mark_told(moment.mark)
    for deed in moment.deeds:
        yield deed_told(deed)
    if moment.answered and not moment.unread and not moment.deeds and not moment.calm:
        yield "No code: it carried on."
    if moment.calm:
        yield f"{capital(one_line(moment.calm))}."
    if moment.band_words:
        yield f"Taken together: {moment.band_words}. {moment.band_text}"


def deed_told(deed: Deed) -> str:
    """One code on its own lines: name and how sure it is, the words, the definition and, for a harm, another way."""
    about = [deed.name, "done together" if deed.shared else "", deed.weight, sureness(deed)]
    whose = "passed over: " if deed.of_patient else ""
    lines = (
        f"{deed.sign} {' · '.join(part for part in about if part)}",
        f"{whose}“{one_line(deed.words)}”" if deed.words else "",
        deed.definition,
        f"Instead: {deed.instead}" if deed.instead else "",
    )
    return "\n".join(line for line in lines if line)


def sureness(deed: Deed) -> str:
    """How sure the reading is, in words."""
    if deed.confidence is None:
        return "by the rubric"
    if not deed.sure:
        return "not sure"
    return "sure" if deed.confidence >= 0.85 else "fairly sure"


def _noticing(moment: Moment) -> Iterator[str]:
    if moment.markers:
        yield f"{moment.sign}, about {moment.about}: {', '.join(moment.markers).lower()}."
    if moment.risk:
        yield "▲ The line gave reason to ask plainly about safety."
    if moment.teach is None:
        return
    if moment.teach.missed_cue:
        yield one_line(moment.teach.missed_cue)
    if moment.teach.why:
        yield one_line(moment.teach.why)
    if moment.teach.alternative_readings:
        yield f"It could also be: {one_line('; '.join(moment.teach.alternative_readings))}."


def model_replies(moment: Moment) -> tuple[str, ...]:
    """Replies in different manners; empty where they may not be seen yet."""
    return tuple(one_line(reply) for reply in moment.teach.model_replies) if moment.teach else ()


def heading(report: Report) -> str:
    """Who, how many turns, how long: `Mei Lin · 11 turns, 14 minutes`."""
    header = report.header
    minutes = f", {lasted(header.minutes)}" if header.minutes is not None else ""
    again = f", ↺ {counted(header.went_back, 'time')} back" if header.went_back else ""
    return f"{visible(header.patient)} · {counted(header.replies, 'turn')}{minutes}{again}"


def account_heading(report: Report) -> str:
    """What stands above the patient's account."""
    return f"What {report.header.pronoun} would say about it"


def what_was_there(report: Report) -> tuple[str, ...]:
    """The ending in words, and what there was to find; empty while the conversation is not over."""
    if report.close is None:
        return ()
    close = report.close
    time = " The time was up." if close.out_of_time else ""
    said = close.meaning.startswith(close.words)
    words = close.meaning if said else f"{close.words}. {capital(close.meaning)}"
    end = f"How it ended: {words}.{time}"
    return tuple(visible(part) for part in (end, report.truth) if part)


def three_sentences(report: Report) -> tuple[tuple[str, str], ...]:
    """One strength, one thing next, one question for supervision."""
    return (
        ("One strength", one_line(report.strength.text)),
        ("One thing next", one_line(report.next.text)),
        ("For supervision", one_line(report.supervision.text)),
    )
