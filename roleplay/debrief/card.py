"""The card that the patient fills in after the session: this project's own items, no published instrument."""

from roleplay.debrief.parts import CardItem
from roleplay.engine.events import Variables

WORDS = ((7.5, "yes"), (5.0, "mostly"), (2.5, "partly"), (0.0, "hardly"))
"""From this value on, in words."""


def card_of(patient: Variables) -> tuple[CardItem, ...]:
    """Five lines, 0..10, from the patient's last saved state; the words come before the number.

    listened       (trust + communion) / 2
    could have said (agency + trust) / 2
    what I came for (agency + 10 - tension) / 2
    suited me       (agency + communion + 10 - tension) / 3
    come back       (2 trust + communion + 10 - tension) / 4

    The formulas are this project's own and rest on no publication.
    """
    trust, agency, communion = patient.trust, patient.agency, patient.communion
    ease = 10 - patient.tension
    return (
        _item("I felt listened to", (trust + communion) / 2),
        _item("I could have said what bothered me", (agency + trust) / 2),
        _item("We worked on what I came for", (agency + ease) / 2),
        _item("The way of working suited me", (agency + communion + ease) / 3),
        _item("I'd come back", (2 * trust + communion + ease) / 4),
    )


def _item(text: str, value: float) -> CardItem:
    words = next(words for least, words in WORDS if value >= least)
    return CardItem(text=text, value=round(value, 1), words=words)
