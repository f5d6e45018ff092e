"""Colours that can be read."""

import pytest
from textual.color import Color

from roleplay.practice.settings import ThemeName, choices_of
from roleplay.tui.themes import GROUNDS, TEXT_COLOURS, THEMES


def luminance(colour: Color) -> float:
    """Relative luminance, 0..1 (WCAG 2.1)."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value / 255) for value in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio, 1..21 (WCAG 2.1)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours_of(name: ThemeName) -> dict[str, Color]:
    """The colours that a screen in this theme is drawn with, by name."""
    theme = THEMES[name]
    drawn = {**theme.to_color_system().generate(), **theme.variables}
    return {key: Color.parse(value) for key, value in drawn.items() if value.startswith("#")}


def test_the_ratio_is_that_of_the_guideline():
    # Black on white is 21; #767676 on white is the well-known 4.54.
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), Color.parse("#fff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_every_ground(name):
    colours = colours_of(name)

    for text in (*TEXT_COLOURS, "text-disabled", "text-accent"):
        for ground in GROUNDS:
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("name", THEMES)
def test_the_patient_is_the_brightest_thing(name):
    colours = colours_of(name)
    ground = colours["background"]

    others = [contrast(colours[key], ground) for key in ("text", "text-muted", "accent")]
    assert contrast(colours["patient"], ground) > max(others)


def test_every_theme_in_the_settings_is_there():
    assert set(choices_of("theme")) == set(THEMES)
