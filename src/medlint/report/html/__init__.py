"""The editors' report: the article itself with notes in its margin, as one HTML file that needs nothing else.

Everything of an article goes in as text: Jinja escapes it, marks of writing direction are shown as what they are, only
web and e-mail addresses are links, and a Content-Security-Policy allows the report's own style and script alone, by
their digests.
"""

import base64
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from medlint.digests import sha256
from medlint.files import write_atomically
from medlint.finding import Severity, State
from medlint.report import FileReport, Report
from medlint.report.html import article, checklist, history, names, overview, reading, spreadsheet, words
from medlint.report.html.history import Run
from medlint.report.html.notes import Note, Places, annotate

if TYPE_CHECKING:
    from jinja2 import Environment

INDEX, TABLE = "index.html", "findings.csv"
_HERE = Path(__file__).parent
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)

_CODE = re.compile("`([^`\n]{1,120})`")


def write(report: Report, out: TextIO) -> None:
    """Write ``report`` as one page: the article if there is one, the index of articles if there are more."""
    if len(report.files) == 1:
        out.write(article_page(report.files[0], report))
    else:
        out.write(index_page(report, pages=False))


def write_folder(report: Report, folder: Path, earlier: Iterable[Run] = ()) -> Path:
    """Write ``report`` into ``folder``: the index, a page for each article, and the findings as a table.

    A page that would be the same is left alone. The index shows the ``earlier`` runs beside this one. A folder that is
    made for the report says that it is no part of the project, so that nobody checks its pages as articles. Returns the
    page to open first. Raises OSError.
    """
    if not folder.exists():
        folder.mkdir(parents=True)
        _put(folder / ".gitignore", "*\n")
    for file in report.files:
        _put(folder / names.page(file.path), article_page(file, report, index=INDEX))
    _put(folder / INDEX, index_page(report, pages=True, earlier=earlier))
    _put(folder / TABLE, spreadsheet.findings(report))
    return folder / (names.page(report.files[0].path) if len(report.files) == 1 else INDEX)


def _put(path: Path, text: str) -> None:
    data = text.encode("utf-8", "backslashreplace")
    if not path.is_file() or path.read_bytes() != data:
        write_atomically(path, data)


class SetAside(msgspec.Struct, frozen=True):
    """A finding that does not count, and why: suppressed in the article, or accepted in the baseline."""

    how: str
    message: str
    rule: str
    line: int
    reason: str
    passage: int


def article_page(file: FileReport, report: Report, index: str = "") -> str:
    """The page of one article. ``index`` is the page that lists it among others."""
    places = Places(file.passages)
    noted = annotate(file, report.rules)
    context = checklist.Context(report.today, reading.target(report.rules)[0])
    return (
        _environment()
        .get_template("article.html.jinja")
        .render(
            file=file,
            report=report,
            index=index,
            title=overview.title(file),
            verdict=words.verdict(file, report),
            urgent=[note for note in noted if words.blocks_publishing(note.finding.severity, report.gate)],
            checklist=checklist.checklist(file, noted, report.rules, context),
            reading=reading.reading(file.facts, report.rules, places),
            areas=article.areas(file.passages, noted),
            notes=noted,
            loose=[note for note in noted if note.spot.passage < 0],
            by_severity=Counter(note.finding.severity for note in noted),
            by_topic=_topics(noted),
            by_person=Counter(note.topic.who for note in noted),
            topics_of={
                who: sorted({note.finding.category for note in noted if note.topic.who == who}) for who in words.PEOPLE
            },
            links=_links(file),
            aside=tuple(_set_aside(file, places)),
            language=file.facts.get("language") or "",
        )
    )


def index_page(report: Report, *, pages: bool, earlier: Iterable[Run] = ()) -> str:
    """The index of the articles; ``pages`` says that their own pages and the table stand beside it."""
    return (
        _environment()
        .get_template("index.html.jinja")
        .render(
            report=report,
            overview=overview.overview(report, pages=pages),
            runs=history.runs(earlier, report),
            table=TABLE if pages else "",
            title="Articles",
        )
    )


def _topics(noted: tuple[Note, ...]) -> list[tuple[str, str, int]]:
    counts = Counter(note.finding.category for note in noted)
    order = {category: number for number, category in enumerate(words.TOPICS)}
    return [(c, words.topic(c).label, counts[c]) for c in sorted(counts, key=lambda c: (order.get(c, 99), c))]


def _links(file: FileReport) -> list[tuple[str, list[dict[str, Any]]]]:
    """The links that were asked for, by outcome, the most pressing first; those that work are only counted."""
    asked = file.facts.get("links") or []
    groups = [
        (label, [link for link in asked if link["outcome"] == outcome]) for outcome, label in words.OUTCOMES.items()
    ]
    return [(label, links) for label, links in groups if links]


def _set_aside(file: FileReport, places: Places) -> list[SetAside]:
    how = {State.SUPPRESSED: "Suppressed", State.BASELINED: "Accepted before"}
    return [
        SetAside(
            how[found.state],
            found.message,
            found.rule,
            file.source.position(found.span.start).line,
            found.reason,
            places.spot(found.span, found.category).passage,
        )
        for found in file.findings
        if found.state in how
    ]


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        finalize=visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = (_inline(name) for name in ("report.css", "report.js"))
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    environment.globals |= {
        "style": style,
        "script": script,
        "policy": policy,
        "words": words,
        "severities": tuple(Severity),
        "place": reading.place,
        "outside": article.outside,
    }
    environment.filters |= {"plural": words.plural, "day": words.day, "coded": coded}
    return environment


def _inline(name: str) -> Any:
    from markupsafe import Markup

    return Markup((_HERE / "templates" / name).read_text("utf-8"))


def coded(text: str) -> Any:
    """``text`` escaped, with what stands between backticks as code."""
    from markupsafe import Markup, escape

    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(visible(text)))))


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


def visible(value: Any) -> Any:
    """``value`` with the characters that act unseen (controls, marks of writing direction) named instead."""
    if not isinstance(value, str) or hasattr(value, "__html__") or value.isprintable():
        return value
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", value)
