"""Runs the examples in rule files: what must be found is found exactly, and what must be left alone is."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from string import Formatter
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from medlint import engine
from medlint.catalog import ENGINE, RuleSet, example
from medlint.facts import Facts
from medlint.finding import Finding
from medlint.profile import Profile
from medlint.readers import HTML, MARKDOWN, read
from medlint.readers.markdown import render
from medlint.rule import Example, Rule, Variant
from medlint.source import Source

if TYPE_CHECKING:
    from medlint.fetch.result import LinkResult

TODAY = date(2026, 11, 23)
"""The clock under which examples run."""
_MARK = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


class Failure(msgspec.Struct, frozen=True):
    """An example that did not do what its rule file says."""

    rule: str
    kind: str
    format: str
    text: str
    problem: str


def run(rules: Iterable[Rule]) -> Iterator[Failure | None]:
    """Run every example of ``rules``; None for each that holds."""
    for rule in rules:
        if rule.check == ENGINE:
            continue
        for kind, items in (("bad", rule.examples.bad), ("good", rule.examples.good)):
            for item in map(example, items):
                for format in formats(item):
                    yield _run(rule, kind, item, format)


def formats(item: Example) -> tuple[str, ...]:
    """The formats an example runs in."""
    if item.format:
        return (item.format,)
    text = item.text.lstrip()
    if text.startswith("<") and not text.startswith(("<!--", "<http")):
        return (HTML,)
    return (MARKDOWN,) if text.startswith(("---\n", "+++\n")) else (MARKDOWN, HTML)


def _run(rule: Rule, kind: str, item: Example, format: str) -> Failure | None:
    expected = [match[1] for match in _MARK.finditer(item.text)] if kind == "bad" else []
    text = _MARK.sub(r"\1", item.text) if kind == "bad" else item.text
    markdown_example = not text.lstrip().startswith("<") or text.lstrip().startswith("<!--")
    if format == HTML and markdown_example:
        text = f"<article>\n{render(text)}</article>\n"
    outcome = _outcome(rule, item, text, format)
    if outcome.crashed:
        problem = f"the check failed: {outcome.findings[0].message}"
    elif kind == "good":
        problem = "; ".join(f"found {f.text!r}: {f.message}" for f in outcome.findings)
    else:
        problem = _difference(expected, rule, item, outcome)
    return Failure(rule.name, kind, format, item.text, problem) if problem else None


def _difference(expected: list[str], rule: Rule, item: Example, outcome: engine.Outcome) -> str:
    found = [_plain(finding.text) for finding in outcome.findings]
    if not found:
        doubts = "; ".join(doubt.reason for doubt in outcome.undetermined)
        return f"nothing found{f' ({doubts})' if doubts else ''}"
    if expected and sorted(found) != sorted(map(_plain, expected)):
        return f"found {found}, expected {expected}"
    if item.severity and any(finding.severity is not item.severity for finding in outcome.findings):
        return f"severity {[str(finding.severity) for finding in outcome.findings]}, expected {item.severity}"
    if any(item.says not in finding.message for finding in outcome.findings):
        return f"says {[finding.message for finding in outcome.findings]}, expected {item.says!r}"
    if item.variant and not all(_worded(rule.variants[item.variant], finding) for finding in outcome.findings):
        return f"worded {[finding.message for finding in outcome.findings]}, expected the variant {item.variant}"
    return ""


def _worded(variant: Variant, finding: Finding) -> bool:
    """Whether ``finding`` is in the words of ``variant``, whatever fills its fields."""
    return all(
        not template or _pattern(template).fullmatch(said)
        for template, said in ((variant.message, finding.message), (variant.advice, finding.advice))
    )


def _pattern(template: str) -> re.Pattern[str]:
    parts = Formatter().parse(template)
    return re.compile(
        "".join(re.escape(words) + ("" if field is None else ".*") for words, field, _, _ in parts), re.DOTALL
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _outcome(rule: Rule, item: Example, text: str, format: str) -> engine.Outcome:
    if item.options:
        rule = replace(rule, options={**rule.options, **item.options})
    profile = Profile(
        region=item.region,
        audience=item.audience or "patient",
        publisher=item.publisher,
        words=frozenset(item.words),
        health=True,
    )
    document = read(Source(text, f"example.{'html' if format == HTML else 'md'}"))
    document.language = item.language or document.language or "en"
    return engine.run(Facts(document, profile, TODAY, links=_answers(item)), RuleSet([rule]))


def _answers(item: Example) -> dict[str, "LinkResult"]:
    if not item.answers:
        return {}
    from medlint.fetch.result import LinkResult, Outcome

    return {
        url: LinkResult(url, Outcome(answer["outcome"]), answer.get("reason", ""), final_url=answer.get("final_url"))
        for url, answer in item.answers.items()
    }
