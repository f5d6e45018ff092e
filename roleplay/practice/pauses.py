"""The mindful pause: what is said in it, one line at a time. Never scored."""

SECONDS = (20, 60, 180)
"""How long a pause may be."""
SHORTEST_STEP = 10
"""No line gives way to the next by itself in fewer seconds than this."""

_OPENING = "Nothing has to happen now. Your eyes may stay open."
_CLOSING = "Come back to the room, and to the person in it."
_FEET = "Feel your feet on the floor, and what carries you."
_BREATH = "Notice one breath go out. It need not change."
_HANDS = "Notice your hands: warm or cool, resting or holding."
_FEELING = "Is there a word for what you feel? One word is enough."
_PULL = "Is there a pull to do something? Let it be there, and do nothing with it."
_OTHER = "Now let the other person into view, as they sit there."
_SOUNDS = "Listen for the furthest sound, and then the nearest."


def lines_of(seconds: int, *, breath: bool = True) -> tuple[str, ...]:
    """The lines of a pause of `seconds`, in order; without `breath` none of them speaks of breathing."""
    body = _BREATH if breath else _HANDS
    if seconds <= SECONDS[0]:
        return (_FEET, _CLOSING)
    if seconds <= SECONDS[1]:
        return (_OPENING, body, _FEELING, _OTHER, _CLOSING)
    return (_OPENING, _FEET, body, _SOUNDS, _FEELING, _PULL, _OTHER, _CLOSING)


def step_of(seconds: int, lines: int) -> float:
    """Seconds that each line stays, at least `SHORTEST_STEP`."""
    return max(SHORTEST_STEP, seconds / max(1, lines))
