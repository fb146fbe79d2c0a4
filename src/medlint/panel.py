"""The panel of readability formulas that editors ask for, by textstat, over the words and sentences medlint counts.

textstat is given two things: the sentences of the article's prose, each closed by a stop, and medlint's own syllable
table. So it needs no NLTK data and no network, which it would otherwise fetch at its first score, and its figures
speak of the same text as medlint's.
"""

import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from medlint.document import Document
from medlint.facts import readability
from medlint.facts.readability import Phrase, Readability
from medlint.facts.topic import Topic
from medlint.lexicon import syllables

if TYPE_CHECKING:
    from medlint.report.terminal import Paint

_FORMULAS = (
    ("Flesch-Kincaid", "flesch_kincaid_grade", "grade"),
    ("SMOG", "smog_index", "grade"),
    ("Gunning Fog", "gunning_fog", "grade"),
    ("Coleman-Liau", "coleman_liau_index", "grade"),
    ("Automated Readability Index", "automated_readability_index", "grade"),
    ("Linsear Write", "linsear_write_formula", "grade"),
    ("Dale-Chall", "dale_chall_readability_score", "score: 5 is grade 5 to 6, 8 is grade 11 to 12"),
    ("Spache", "spache_readability", "grade, for primary school texts"),
    ("Flesch reading ease", "flesch_reading_ease", "ease: 100 is easiest, 60 is plain English"),
    ("LIX", "lix", "score: 30 is easy, 50 is hard"),
)


class Figure(msgspec.Struct, frozen=True):
    """What one formula says: its name, its value, and what the value means."""

    name: str
    value: float
    meaning: str


class _Syllables(dict[str, list[list[str]]]):
    """Stands in for the CMU dictionary: each word has one pronunciation, with a stressed sound for each syllable.

    textstat joins hyphenated words; ``parts`` knows what they were joined from.
    """

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}

    def __missing__(self, word: str) -> list[list[str]]:
        return [["0"] * syllables.count(self.parts.get(word, word))]


@cache
def _textstat() -> tuple[Any, _Syllables]:
    """textstat, with medlint's syllables in the place of the dictionary that it would download."""
    import textstat

    table = _Syllables()
    counting: Any = import_module("textstat.backend.counts._count_syllables")
    counting.get_cmudict = lambda lang: table  # noqa: ARG005
    return textstat, table


def figures(found: Readability) -> tuple[Figure, ...]:
    """What textstat's formulas say of the text that ``found`` counted; empty where that must not be graded."""
    if found.flesch_kincaid_grade is None:
        return ()
    textstat, table = _textstat()
    text = spoken(found.phrases)
    table.parts.update(_joined(found.phrases))
    return tuple(Figure(name, float(getattr(textstat, call)(text)), meaning) for name, call, meaning in _FORMULAS)


def spoken(phrases: Sequence[Phrase]) -> str:
    """The counted words as text that any counter cuts into the same words and sentences."""
    return " ".join(" ".join(phrase.block.plain[start:end] for start, end in phrase.places) + "." for phrase in phrases)


def _joined(phrases: Sequence[Phrase]) -> Mapping[str, str]:
    return {word.replace("-", ""): word for phrase in phrases for word in phrase.words if "-" in word}


def show(document: Document, stream: TextIO | None = None) -> None:
    """Print the measures of ``document``: formulas, sections, hardest sentences and costliest words."""
    from medlint.report.terminal import Paint, coloured

    stream = stream or sys.stdout
    found = readability.find(document, _topic(document))
    for line in _lines(document, found, Paint(coloured(stream))):
        stream.write(f"{line}\n")


def _topic(document: Document) -> Topic:
    from medlint.facts import topic
    from medlint.profile import Profile

    return topic.find(document, Profile(health=True))


def _lines(document: Document, found: Readability, paint: "Paint") -> list[str]:
    from medlint.report.terminal import safe

    counted = f"{found.words:,} words in {found.sentences:,} sentences, {found.words_per_sentence:g} a sentence"
    lines = [f"{paint('bold', safe(document.source.name))}: {counted}"]
    panel = figures(found)
    if not panel:
        return [*lines, "Not graded: too short, or not English."]
    grades = sorted(figure.value for figure in panel if figure.meaning == "grade")
    lines += [f"The formulas put it between grade {grades[0]:.0f} and grade {grades[-1]:.0f}.", ""]
    lines += [f"  {figure.name:28} {figure.value:6.1f}  {paint('dim', figure.meaning)}" for figure in panel]
    if found.adjusted_grade is not None:
        lines.append(f"  {'medlint, adjusted':28} {found.adjusted_grade:6.1f}  {paint('dim', _ADJUSTED)}")
    lines += ["", f"Sentences over 20 words: {found.over_20:.0%}; over 25: {found.over_25:.0%}."]
    graded = [part for part in found.parts if part.grade is not None and part.heading is not None]
    if len(graded) > 1:
        lines += ["", paint("bold", "By section (Flesch-Kincaid)")]
        lines += [f"  {part.grade:5.1f}  {safe(part.heading.plain)}" for part in graded if part.heading]
    lines += ["", paint("bold", "Hardest sentences")]
    for phrase in found.hardest:
        line = document.source.position(phrase.block.span(phrase.start, phrase.end).start).line
        lines.append(f"  line {line}: {safe(phrase.block.plain[phrase.start : phrase.end])}")
    lines += ["", paint("bold", "Words that cost most")]
    lines.append("  " + ", ".join(f"{safe(word.text)} ({word.times}×)" for word in found.costliest))
    return lines


_ADJUSTED = "mean of Flesch-Kincaid and SMOG, with title words, medicines and explained terms as plain words"
