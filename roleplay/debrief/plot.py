"""The curve as lines of text, one a reply: readable at any width, and aloud."""

from roleplay.debrief.parts import Curve, Point
from roleplay.debrief.tables import run_heading

STEPS = 20
"""Columns from 0 to 10, less one."""
TRUST, TENSION, BOTH = "◆", "◇", "◈"


def plotted(curve: Curve) -> tuple[str, ...]:
    """A line for each point, trust and tension from 0 at the left to 10 at the right."""
    legend = f"  {TRUST} trust   {TENSION} tension   {BOTH} both"
    scale = f"  {'turn':>5}  0{'10':>{STEPS}}"
    return (f"{run_heading(curve)}", legend, scale, *(_row(point) for point in curve.points))


def _row(point: Point) -> str:
    trust, tension = _column(point.trust), _column(point.tension)
    cells = ["·" if column in {0, STEPS // 2, STEPS} else " " for column in range(STEPS + 1)]
    cells[tension] = TENSION
    cells[trust] = BOTH if trust == tension else TRUST
    turn = str(point.turn) if point.turn else "start"
    return f"  {turn:>5}  {''.join(cells)}  {point.words}"


def _column(value: float) -> int:
    """Which column a value of 0..10 falls into."""
    return round(min(10.0, max(0.0, value)) / 10 * STEPS)
