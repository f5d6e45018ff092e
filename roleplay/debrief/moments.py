"""Turns as the debrief tells them: the line, the reply, what it did, and what that rests on."""

from collections.abc import Sequence

from roleplay.debrief.deeds import deeds_of
from roleplay.debrief.measures import attacks, false_alarm
from roleplay.debrief.moment import Contested, Mark, Moment, Remark, Review, Teach
from roleplay.debrief.opinions import opinions_of, reading_of
from roleplay.debrief.path import direction
from roleplay.debrief.turn import Turn
from roleplay.debrief.ways import condition
from roleplay.debrief.wording import ABOUT, BANDS, KINDS, NOTES, deed, harm_done, listed, place, told_place
from roleplay.engine.events import PatientSpoke, SessionEnded
from roleplay.engine.transitions import transitions_of
from roleplay.engine.voice import HARMING
from roleplay.scenarios.model import START, Scenario
from roleplay.scoring.codebook import codebook
from roleplay.scoring.codes import MarkKind, Move
from roleplay.scoring.grade import THIRD


def moments_of(scenario: Scenario, turns: Sequence[Turn], *, over: bool) -> tuple[Moment, ...]:
    """One moment a turn, superseded tries included. Of a line not yet answered only the line is told."""
    return tuple(_moment(scenario, turn, turns, over=over) for turn in turns)


def _moment(scenario: Scenario, turn: Turn, turns: Sequence[Turn], *, over: bool) -> Moment:
    line, grade = turn.line, turn.grade if turn.readable else None
    known = turn.answered
    calm = _calm(turn)
    rupture = line.rupture if line and known else None
    band = grade.band if grade and not calm else None
    return Moment(
        turn=turn.number,
        attempt=turn.attempt,
        run=turn.run,
        live=turn.live,
        line=line.line if line else "",
        cue=line.cue if line else "",
        unsaid=line.unsaid if line and known else "",
        strain=turn.strain,
        kind=KINDS[rupture.kind] if rupture else "",
        markers=tuple(codebook().marker(marker).name for marker in rupture.markers) if rupture else (),
        about=ABOUT[rupture.about] if rupture else "",
        risk=bool(line and line.risk and known),
        asked_again=turn.asked_again,
        mark=_mark(turn) if known else None,
        reread=_reread(turn),
        paused=tuple(pause.seconds for pause in turn.pauses),
        hints=tuple(hint.text for hint in turn.hints),
        answered=known,
        said=turn.text,
        silence=bool(turn.reply and turn.reply.silence),
        seconds=turn.reply.seconds if turn.reply else None,
        unread=_unread(turn),
        again=_again(turn),
        did=_did(turn),
        calm=calm,
        noticed=turn.noticed if turn.tested else None,
        missed=_missed(scenario, turn, turns),
        deeds=deeds_of(turn),
        band=band,
        band_words=BANDS[band] if band else "",
        band_text=codebook().band(band).text if band else "",
        effect=effect(scenario, turn),
        answer=turn.answer.line if turn.answer else "",
        answer_cue=turn.answer.cue if turn.answer else "",
        ended=isinstance(turn.answer, SessionEnded),
        rules=tuple(_rules(scenario, turn, over=over)),
        contested=tuple(Contested(meant=event.meant, code=event.code) for event in turn.contested),
        remarks=tuple(Remark(question=event.question, text=event.text, words=event.words) for event in turn.remarks),
        reviews=tuple(
            Review(reviewer=event.reviewer, text=event.text, ratings=tuple(sorted(event.ratings.items())))
            for event in turn.reviews
        ),
        opinions=opinions_of(turn),
        reading=reading_of(turn),
        teach=_teach(scenario, turn, turns, over=over) if known else None,
    )


def _calm(turn: Turn) -> str:
    """Of a reply that was read, to a calm line: that there was nothing to repair, and what was done or looked for."""
    if not turn.calm or not turn.readable:
        return ""
    did = _done_here(turn)
    if false_alarm(turn):
        return f"nothing to repair here; you looked for a strain{f' ({did})' if did else ''}"
    return f"nothing to repair here; you {'went on' if did in {'', deed((Move.CONTINUE,))} else did}"


def _done_here(turn: Turn) -> str:
    """On a calm line: the attack by the name of its harm, else the deed as it was said, repeated or not."""
    if against := attacks(turn):
        return listed(tuple(harm_done(code, calm=True) for code in against))
    said_again = turn.repeats and turn.grade is not None
    return deed(turn.grade.moves if said_again and turn.grade else turn.moves)


def _again(turn: Turn) -> str:
    """That the words were used before, and what came of it from the third time on; a harm said again stays a harm."""
    if not turn.readable or not turn.repeats:
        return ""
    passed_by = turn.repeats >= THIRD and not _told_anyway(turn)
    by = "passing by what was said" if turn.calm else "passing it by"
    return "the same words as before" + (f"; it counted as {by}" if passed_by else "")


def _did(turn: Turn) -> str:
    """What the reply did, in words; of words used before only a harm, and a question about safety that was due."""
    if not turn.readable or (turn.repeats and not _told_anyway(turn)):
        return ""
    return deed(turn.moves)


def _told_anyway(turn: Turn) -> bool:
    """As the patient takes it: harm and plain talk stay what they are, and so does asking about safety at a risk."""
    moves = turn.grade.moves if turn.grade else ()
    due = turn.situation is not None and turn.situation.risk and Move.ASK_SAFETY in moves
    return due or moves in ((), (Move.CONTINUE,)) or any(move in HARMING for move in moves)


def _mark(turn: Turn) -> Mark | None:
    """Shown on every line that carries a strain, and wherever something was marked."""
    if turn.mark is None:
        return Mark(sign="○", words="not marked") if turn.fresh else None
    return Mark(sign="●", words="marked", kind=_kind(turn.mark.kind), pointed=turn.mark.words)


def _reread(turn: Turn) -> Mark | None:
    if turn.reread is None or not (turn.reread or turn.fresh):
        return None
    if turn.reread:
        return Mark(sign="●", words="seen on rereading", kind=_kind(turn.reread_kind))
    return Mark(sign="○", words="not seen on rereading")


def _kind(kind: MarkKind | None) -> str:
    return KINDS[kind] if kind else ""


def _unread(turn: Turn) -> str:
    """Why a reply was not read; empty where it was, or where there is none."""
    if not turn.answered or turn.readable:
        return ""
    because = turn.coding.because if turn.coding else ""
    return because or "The reply could not be read with confidence."


def effect(scenario: Scenario, turn: Turn) -> str:
    """What followed, in words; empty where nothing is known to have followed."""
    who = scenario.patient.pronoun
    if isinstance(turn.answer, PatientSpoke) and turn.answer.unsure:
        return f"{who} asked again, and nothing moved"
    if not turn.reached:
        return ""
    rests = turn.reached in scenario.endings and not isinstance(turn.answer, SessionEnded)
    there = f"a resting point: {place(turn.reached)}" if rests else told_place(turn.reached)
    if isinstance(turn.answer, SessionEnded):
        out_of_time = turn.answer.because == "time"
        return "the conversation ended: the time was up" if out_of_time else f"the conversation ended: {there}"
    if turn.calm and turn.reached == turn.state:
        return "the talk went on"
    return {
        "onset": f"the strain came of itself, whatever was said: {there}",
        "forward": f"{who} moved on to {there}",
        "stayed": f"{who} stayed with {there}",
        "back": f"{who} stepped back to {there}",
        "retreat": f"{who} drew back: {there}",
    }.get(direction(scenario, turn), f"{who} went on to {there}")


def _rules(scenario: Scenario, turn: Turn, *, over: bool) -> list[str]:
    """The row that was taken and the notes of the grade, in words; caps are figures and stand with the numbers."""
    rules = []
    if turn.after is not None and turn.after.row is not None and turn.state:
        went_on = turn.calm and turn.state == turn.reached == START
        rules.append(_talk_went_on(scenario, over=over) if went_on else _row(scenario, turn, turn.after.row))
    if turn.after is not None and turn.after.row is None:
        rules.append("The strain comes at a line drawn beforehand; no reply brings it or keeps it away.")
    if turn.readable and turn.grade:
        rules += [NOTES.get(note, note.replace("_", " ")) for note in turn.grade.notes]
    return rules


def _talk_went_on(scenario: Scenario, *, over: bool) -> str:
    """Why nothing moved in ordinary talk. Whether a strain is still to come is not told before the end."""
    if not over:
        return "The talk went on."
    if scenario.entry is None:
        return "The talk went on: nothing is wrong here."
    return "The talk went on: the strain comes of itself, at a line drawn beforehand."


def _row(scenario: Scenario, turn: Turn, number: int) -> str:
    """The transition that was taken, as the author or the stage model wrote it."""
    known = turn.state in scenario.states or turn.state in scenario.endings
    rows = transitions_of(scenario, turn.state) if known else ()
    if not 0 <= number < len(rows):
        return ""
    when = condition(rows[number].when) or "whatever else you said"
    there = "it stays there" if turn.reached == turn.state else f"on to “{place(turn.reached)}”"
    return f"From “{place(turn.state)}”, {when}: {there}."


def _missed(scenario: Scenario, turn: Turn, turns: Sequence[Turn]) -> str:
    """The cue that went by; told once for each stage of a run."""
    gone_by = [other for other in turns if other.run == turn.run and other.tested]
    gone_by = [
        other
        for other in gone_by
        if other.state == turn.state and not (other.marked or (other.noticed and not other.repeats))
    ]
    state = scenario.states.get(turn.state)
    return state.teach.missed_cue if state and gone_by and gone_by[0] is turn else ""


def _teach(scenario: Scenario, turn: Turn, turns: Sequence[Turn], *, over: bool) -> Teach | None:
    """Nothing for calm lines, except where the author wrote something for them."""
    state = scenario.states.get(turn.state)
    if state is None or not (state.teach.missed_cue or state.teach.why or state.teach.model_replies):
        return None
    twice = sum(other.line_at == turn.line_at and other.answered for other in turns) > 1
    return Teach(
        missed_cue=state.teach.missed_cue,
        why=state.teach.why,
        alternative_readings=state.teach.alternative_readings,
        model_replies=state.teach.model_replies if twice or over else (),
    )
