"""The curve as an SVG drawing: two lines that differ in shape and dashes, not only in colour."""

from collections.abc import Sequence
from html import escape

from roleplay.debrief.parts import Curve, Point

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 36, 96, 14, 34


def drawn(curve: Curve, name: str, heading: str) -> str:
    """The curve as one `<svg>` element with a title and a description; `name` makes its ids unique."""
    points = curve.points
    last = points[-1]
    trust, tension = (_line(points, kind) for kind in ("trust", "tension"))
    low, high = sorted((last.trust, last.tension))
    apart = 0 if high - low >= 1.2 else 9
    trust_higher = last.trust >= last.tension
    return "\n".join(
        [
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{name}-title {name}-desc">',
            f'<title id="{name}-title">{escape(heading)}: trust and tension</title>',
            f'<desc id="{name}-desc">{escape(_description(points))}</desc>',
            *_frame(points),
            f'<polyline class="trust" points="{trust}"/>',
            f'<polyline class="tension" points="{tension}"/>',
            *(_dot(points, place) for place in range(len(points))),
            _label("trust", last.trust, -apart if trust_higher else apart),
            _label("tension", last.tension, apart if trust_higher else -apart),
            "</svg>",
        ]
    )


def _description(points: Sequence[Point]) -> str:
    first, last = points[0], points[-1]
    return (
        f"Scale 0 to 10. Trust goes from {first.trust:g} to {last.trust:g}, tension from {first.tension:g} to "
        f"{last.tension:g}. The table below holds every value."
    )


def _across(points: Sequence[Point], place: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * place / max(1, len(points) - 1), 1)


def _down(value: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(10.0, max(0.0, value)) / 10), 1)


def _line(points: Sequence[Point], kind: str) -> str:
    return " ".join(f"{_across(points, place)},{_down(getattr(point, kind))}" for place, point in enumerate(points))


def _frame(points: Sequence[Point]) -> list[str]:
    """Lines at 0, 5 and 10, and the turns below."""
    levels = [
        f'<line class="level" x1="{LEFT}" y1="{_down(value)}" x2="{WIDTH - RIGHT}" y2="{_down(value)}"/>'
        f'<text x="{LEFT - 8}" y="{_down(value) + 4}" text-anchor="end">{value}</text>'
        for value in (0, 5, 10)
    ]
    turns = [
        f'<text x="{_across(points, place)}" y="{HEIGHT - 10}" text-anchor="middle">{point.turn or "start"}</text>'
        for place, point in enumerate(points)
    ]
    return levels + turns


def _dot(points: Sequence[Point], place: int) -> str:
    """Trust as a dot, tension as a square."""
    point, across = points[place], _across(points, place)
    square = f'<rect class="tension" x="{across - 4}" y="{_down(point.tension) - 4}" width="8" height="8"/>'
    return f'<circle class="trust" cx="{across}" cy="{_down(point.trust)}" r="4.5"/>{square}'


def _label(kind: str, value: float, apart: int) -> str:
    return f'<text class="{kind}" x="{WIDTH - RIGHT + 12}" y="{_down(value) + 4 + apart}">{kind}</text>'
