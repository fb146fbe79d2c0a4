"""How hard the article reads, as a picture: its grade on a scale, its sections against the target, what costs most."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from medlint.report.html.notes import Places
from medlint.source import Span

RULE = "reading-grade-too-high"
LOWEST, HIGHEST = 3.0, 18.0
"""The grades at the ends of the scale."""


class Section(msgspec.Struct, frozen=True):
    """A section of the article: its words, and its grade (None if it is too short to have one)."""

    title: str
    passage: int
    words: int
    grade: float | None

    @property
    def length(self) -> float:
        """How far its bar reaches, in hundredths of the scale."""
        return place(self.grade) if self.grade is not None else 0


class Sentence(NamedTuple):
    """One of the sentences that cost most."""

    text: str
    passage: int
    words: int


class Reading(msgspec.Struct, frozen=True):
    """The figures of the picture. ``band`` is the grade in a word; ``grade`` is None where none can honestly be given."""

    target: float
    far: float
    grade: float | None
    flesch_kincaid: float | None
    smog: float | None
    words: int
    sentences: int
    sections: tuple[Section, ...]
    hardest: tuple[Sentence, ...]
    without: float | None

    @property
    def bands(self) -> tuple[tuple[str, float, float], ...]:
        """The bands of the scale: what each is called, and where it begins and ends, in hundredths."""
        edges = (0.0, place(6), place(self.target), place(self.far), 100.0)
        names = ("easy", "fair", "hard", "very hard")
        return tuple(
            (name, left, right) for name, left, right in zip(names, edges, edges[1:], strict=False) if right > left
        )

    @property
    def band(self) -> str:
        """The grade in a word."""
        if self.grade is None:
            return "Not graded"
        if self.grade <= 6:
            return "Easy to read"
        if self.grade <= self.target:
            return "Fair"
        return "Hard to read" if self.grade <= self.far else "Very hard to read"


def target(rules: Mapping[str, Any]) -> tuple[float, float]:
    """The highest grade that is fine, and the one from which on it is far too high."""
    rule = rules.get(RULE)
    options = rule.options if rule is not None else {}
    return float(options.get("target", 8)), float(options.get("far", 10))


def place(grade: float) -> float:
    """Where ``grade`` stands on the scale, in hundredths."""
    return round(100 * (min(max(grade, LOWEST), HIGHEST) - LOWEST) / (HIGHEST - LOWEST), 1)


def reading(facts: Mapping[str, Any], rules: Mapping[str, Any], places: Places) -> Reading | None:
    """The picture from the ``facts`` of an article; None where they say nothing of it."""
    data = facts.get("readability")
    if not data:
        return None

    def passage(offset: int | None) -> int:
        return -1 if offset is None else places.spot(Span(offset, offset + 1)).passage

    def heading(part: Mapping[str, Any]) -> str:
        opens = part["title"] is None or places.zone(passage(part["offset"])) == "title"
        return "Opening" if opens else " ".join(part["title"].split())

    return Reading(
        *target(rules),
        data["adjusted_grade"],
        data["flesch_kincaid_grade"],
        data["smog_index"],
        data["words"],
        data["sentences"],
        tuple(
            Section(heading(part), passage(part["offset"]), part["words"], part["flesch_kincaid_grade"])
            for part in data.get("sections", ())
        ),
        tuple(Sentence(hard["text"], passage(hard["offset"]), hard["words"]) for hard in data.get("hardest", ())),
        data.get("grade_without_hardest"),
    )
