"""What each format prints. The golden files are made anew by

GOLDEN=1 python -m pytest tests/debrief/test_render.py
"""

import json
import os
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from roleplay.debrief.as_terminal import WHAT_ELSE
from roleplay.debrief.plain_text import visible
from roleplay.debrief.render import FORMATS, SUFFIXES, rendered
from roleplay.debrief.report import LABEL
from roleplay.errors import UsageError

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_prints_the_bytes_of_its_golden_file(told, form):
    file = GOLDEN / f"debrief{SUFFIXES[form]}"
    printed = rendered(told, form).encode("utf-8")
    if os.environ.get("GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(printed)

    assert printed == file.read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_gives_the_same_bytes(told, form):
    assert rendered(told, form) == rendered(told, form)


@pytest.mark.parametrize("form", FORMATS)
def test_private_lines_are_printed_only_when_asked_for(told, form):
    assert "A secret of mine" not in rendered(told, form)
    assert "A secret of mine" in rendered(told, form, include_private=True)


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_lets_invisible_characters_through(told, form):
    printed = rendered(told, form)

    assert visible(printed) == printed


@pytest.mark.parametrize("form", FORMATS)
def test_versions_that_somebody_altered_are_shown_as_text(told, form):
    hostile = told.versions.model_copy(update={"scorers": ("\x1b[2J\u202e",), "engine": "\x9b2J<b>"})
    printed = rendered(told.model_copy(update={"versions": hostile}), form, sections=["all"])

    assert visible(printed) == printed
    assert "<b>" not in printed or form in ("json", "terminal")


def test_an_unknown_format_is_named_with_the_nearest(told):
    with pytest.raises(UsageError, match="Did you mean `html`"):
        rendered(told, "htm")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_the_terminal_stays_within_its_width(told, width):
    from rich.cells import cell_len

    lines = rendered(told, "terminal", width=width).split("\n")

    assert max(map(cell_len, lines)) <= width


def test_a_narrower_terminal_is_laid_out_for_sixty_columns(told):
    assert rendered(told, "terminal", width=20) == rendered(told, "terminal", width=60)


def test_plain_terminal_output_has_no_escape_sequence_and_coloured_has_no_colour(told):
    assert "\x1b" not in rendered(told, "terminal")
    styled = rendered(told, "terminal", colour=True)
    assert "\x1b[1m" in styled
    assert not re.search(r"\x1b\[(?:\d+;)*(?:3|4|9|10)\d(?:;\d+)*m", styled)


def test_the_terminal_says_account_moments_and_sentences_before_any_number(told):
    printed = rendered(told, "terminal", sections=["all"])

    order = ["What she would say about it", "▲ withdrawal", "One strength:", "Trust ◆ and tension ◇", "Path", "Numbers"]
    places = [printed.index(part) for part in order]
    assert places == sorted(places)


def test_the_terminal_shows_curve_path_numbers_and_replies_only_when_asked(told):
    printed = rendered(told, "terminal")

    assert not [part for part in ("Trust ◆", "Paths not taken", "Numbers", "I never asked.") if part in printed]
    assert printed.rstrip().endswith(WHAT_ELSE)


@pytest.mark.parametrize(
    ("section", "shown"),
    [("curve", "Trust ◆"), ("path", "Paths not taken"), ("numbers", "Noticing"), ("replies", "· I never asked.")],
)
def test_a_section_comes_after_the_debrief_or_alone(told, section, shown):
    added = rendered(told, "terminal", sections=[section])
    alone = rendered(told, "terminal", sections=[section], alone=True)

    assert added.index("For supervision:") < added.index(shown)
    assert shown in alone
    assert "For supervision:" not in alone


def test_every_section_is_what_all_means(told):
    assert rendered(told, "terminal", sections=["all"]) == rendered(
        told, "terminal", sections=["numbers", "curve", "replies", "path"]
    )


def test_figures_carry_the_label_in_full(told):
    assert LABEL in " ".join(rendered(told, "terminal", sections=["numbers"], alone=True).split())


def test_an_unknown_section_is_named_with_the_nearest(told):
    with pytest.raises(UsageError, match="Did you mean `curve`"):
        rendered(told, "terminal", sections=["curves"])


def test_nothing_replied_has_its_sections_said_to_be_empty(talk):
    alone = rendered(talk().report, "terminal", sections=["all"], alone=True)

    assert alone.count("Nothing was replied yet.") == 2
    assert "None to see yet" in alone


def test_json_is_the_report_with_its_keys_in_reading_order(told):
    data = json.loads(rendered(told, "json"))

    assert list(data)[:6] == ["session", "header", "unfinished", "private", "close", "truth"]
    assert data["private"] is None
    assert "\u202e" in data["moments"][-2]["said"]


def test_markdown_shows_what_was_typed_and_no_markup_of_it(told):
    printed = rendered(told, "markdown")

    assert "\\<script\\>alert(1)\\</script\\>" in printed
    assert "\\# \\*b\\* \\| \\`c\\`" in printed


class Page(HTMLParser):
    """Reads a page as a browser would, as far as tags go."""

    VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture(scope="module")
def page(told) -> Page:
    return Page(rendered(told, "html", include_private=True))


def test_html_closes_every_tag_it_opens(page):
    assert page.open == []


def test_html_needs_nothing_but_itself_and_runs_nothing(told, page):
    assert not page.named("script", "link", "img", "iframe", "object", "form", "base")
    assert not [
        name for _, attributes in page.tags for name in attributes if name.startswith("on") or name in {"src", "href"}
    ]
    assert "url(" not in rendered(told, "html")
    assert "@import" not in rendered(told, "html")


def test_html_shows_hostile_words_as_words(page):
    assert "<script>alert(1)</script> ‹U+202E›evil‹U+202C› ‹U+001B›[31m # *b* | `c`" in page.text


def test_html_has_a_language_and_headings_in_order(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]

    assert page.named("html")[0]["lang"] == "en"
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_html_tables_have_captions_and_headers_with_a_scope(page):
    tables = page.named("table")

    assert tables
    assert len(page.named("caption")) == len(tables)
    assert {attributes["scope"] for attributes in page.named("th")} == {"col", "row"}


def test_html_drawings_have_a_title_a_description_and_a_table_beside_them(page):
    drawings = page.named("svg")

    assert len(drawings) == 2
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for drawing in drawings:
        assert drawing["role"] == "img"
        assert set(drawing["aria-labelledby"].split()) <= set(ids)
    assert page.text.count("As a table") == 2


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_published():
    # WCAG: black on white is 21, #767676 on white just passes 4.5
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_html_text_has_enough_contrast_in_light_dark_and_print(told):
    palettes = re.findall(r":root \{([^}]*--paper[^}]*)\}", rendered(told, "html"))

    assert len(palettes) == 3
    for palette in palettes:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", palette))
        for ground in ("paper", "panel"):
            for ink in ("ink", "quiet", "patient", "accent"):
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
