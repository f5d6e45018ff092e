"""Three themes: one quiet accent each, the patient's words the brightest thing on the screen."""

from textual.theme import Theme

from roleplay.practice.settings import ThemeName


def _theme(name: str, *, dark: bool, ground: tuple[str, str, str], ink: tuple[str, str, str], accent: str) -> Theme:
    """A theme from few colours.

    Args:
        name: What Textual calls it.
        dark: Whether light letters stand on a dark ground.
        ground: Background, surface and panel.
        ink: The patient's words, ordinary text, and text that stands back.
        accent: The one colour.
    """
    background, surface, panel = ground
    patient, text, muted = ink
    return Theme(
        name=name,
        primary=accent,
        secondary=accent,
        accent=accent,
        warning=accent,
        error=patient,
        success=accent,
        foreground=text,
        background=background,
        surface=surface,
        panel=panel,
        dark=dark,
        variables={
            "patient": patient,
            "text": text,
            "text-muted": muted,
            "text-disabled": muted,
            "text-accent": accent,
            "text-primary": accent,
            "text-error": patient,
            "foreground-muted": muted,
            "foreground-disabled": muted,
            "line": _LINES[name],
            "border": accent,
            "border-blurred": _LINES[name],
            "block-cursor-foreground": patient,
            "block-cursor-background": panel,
            "block-cursor-text-style": "none",
            "block-cursor-blurred-foreground": patient,
            "block-cursor-blurred-background": panel,
            "input-cursor-background": accent,
            "input-cursor-foreground": background,
            "input-selection-background": panel,
            "scrollbar": _LINES[name],
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-hover": muted,
            "scrollbar-active": accent,
        },
    )


_LINES = {"roleplay-dark": "#45413b", "roleplay-light": "#cdc6ba", "roleplay-contrast": "#a0a0a0"}
"""The colour of rules and frames. They separate and carry no meaning."""

THEMES: dict[ThemeName, Theme] = {
    "dark": _theme(
        "roleplay-dark",
        dark=True,
        ground=("#181715", "#1d1c19", "#2b2925"),
        ink=("#fbf6ea", "#c9c3b7", "#a19a8d"),
        accent="#8fc1ad",
    ),
    "light": _theme(
        "roleplay-light",
        dark=False,
        ground=("#faf8f3", "#f5f2ea", "#e9e4d8"),
        ink=("#14120f", "#47433c", "#615b51"),
        accent="#245f4c",
    ),
    "high contrast": _theme(
        "roleplay-contrast",
        dark=True,
        ground=("#000000", "#000000", "#262626"),
        ink=("#ffffff", "#f0f0f0", "#d6d6d6"),
        accent="#ffd75f",
    ),
}

TEXT_COLOURS = ("patient", "text", "text-muted", "accent")
"""What letters are written in."""
GROUNDS = ("background", "surface", "panel")
"""What they are written on."""
