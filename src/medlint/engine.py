"""One document against a rule set: a pure function that always returns, whatever a check does."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any

import msgspec
from msgspec.structs import replace

from medlint import catalog, checks, limits
from medlint.document import Document
from medlint.errors import without_paths
from medlint.facts import Facts
from medlint.finding import Finding, Fix, Hit, Related, Undetermined, fingerprint
from medlint.rule import Rule, Variant
from medlint.source import Span


class Doubt(msgspec.Struct, frozen=True):
    """What a rule could not decide, and why."""

    rule: str
    reason: str


class Outcome(msgspec.Struct, frozen=True):
    """What the rules said of one document. ``crashed`` names rules that failed; their silence means nothing."""

    findings: tuple[Finding, ...]
    undetermined: tuple[Doubt, ...]
    crashed: tuple[str, ...]
    seconds: Mapping[str, float]


def run(facts: Facts, rules: catalog.RuleSet, *, timed: bool = False) -> Outcome:
    """Run ``rules`` over the document of ``facts``. The findings come sorted by place, then rule.

    A check that raises or takes too long becomes a finding, and the findings of the others stand.
    """
    facts.look(rules.scanner)
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    crashed: list[str] = []
    seconds: dict[str, float] = {}
    with limits.processor() as allow:
        for rule in rules.rules:
            if rule.check == catalog.ENGINE:
                continue
            triggers = rules.triggers.get(rule.name)
            if triggers and triggers.isdisjoint(facts.occurrences):
                continue
            started = time.perf_counter() if timed else 0.0
            try:
                _judge(facts, rule, rules.options(rule), findings, doubts, allow)
            except (Exception, SystemExit) as error:
                crashed.append(rule.name)
                findings.append(crash(rule.name, error))
            if timed:
                seconds[rule.name] = time.perf_counter() - started
    return Outcome(tuple(_numbered(findings)), tuple(doubts), tuple(crashed), seconds)


def _judge(
    facts: Facts, rule: Rule, options: Any, findings: list[Finding], doubts: list[Doubt], allow: limits.Budget
) -> None:
    """Add what ``rule`` says of the document, within the time it may take. Raises whatever its check raises."""
    document = facts.document
    allow(limits.rule_seconds(document.source.text))
    try:
        for result in checks.load(rule.check).run(facts, rule, options):
            if isinstance(result, Undetermined):
                doubts.append(Doubt(rule.name, result.reason))
            else:
                findings.append(finding(rule, result, document))
    finally:
        allow(0)


def finding(rule: Rule, hit: Hit, document: Document) -> Finding:
    """What ``rule`` says of ``hit``. The fingerprint still lacks the count of equal findings before it."""
    end = len(document.source.text)
    for span in (
        hit.span,
        *(edit.span for edit in (hit.fix.edits if hit.fix else ())),
        *(span for span, _ in hit.related),
    ):
        if not 0 <= span.start <= span.end <= end:
            raise ValueError(f"{span} is not a place in the article")
    variant = rule.variants.get(hit.variant, _PLAIN) if hit.variant else _PLAIN
    if hit.variant and hit.variant not in rule.variants:
        raise KeyError(f"the rule {rule.name} has no variant {hit.variant!r}")
    block = document.block_at(hit.span.start)
    text = _decoded(document, hit.span)
    fields = {"text": text, **hit.fields}
    return Finding(
        rule=rule.name,
        category=rule.category,
        severity=variant.severity or rule.severity,
        confidence=hit.confidence or variant.confidence or rule.confidence,
        message=_filled(variant.message or rule.message, fields),
        advice=_filled(variant.advice or rule.advice, fields),
        span=hit.span,
        text=text,
        zone=str(block.zone) if block else "",
        fingerprint=block.text if block and text else "",
        fix=_titled(hit.fix, document) if hit.fix else None,
        related=tuple(Related(span, _filled(rule.notes.get(note, note), fields)) for span, note in hit.related),
    )


_PLAIN = Variant()
_START = Span(0, 0)


def engine_finding(
    name: str, fields: Mapping[str, str], span: Span = _START, fix: Fix | None = None, text: str = "", variant: str = ""
) -> Finding:
    """A finding of one of the rules that the engine itself reports (``rules/self``)."""
    rule = next(rule for rule in catalog.builtin() if rule.name == name)
    chosen = rule.variants[variant] if variant else _PLAIN
    return Finding(
        rule=rule.name,
        category=rule.category,
        severity=chosen.severity or rule.severity,
        confidence=rule.confidence,
        message=_filled(chosen.message or rule.message, fields),
        advice=_filled(chosen.advice or rule.advice, fields),
        span=span,
        text=text,
        zone="",
        fingerprint=fingerprint(rule.name, text, "", 0),
        fix=fix,
    )


def crash(name: str, error: BaseException) -> Finding:
    """The finding for a rule, or a part of the facts, that failed with ``error`` or took too long."""
    import traceback

    overrun = isinstance(error, limits.Overrun)
    # The last frame of what took too long is the alarm's own.
    frame = traceback.extract_tb(error.__traceback__)[-2 if overrun else -1]
    place = f"{frame.filename.replace(chr(92), '/').rpartition('/')[2]}:{frame.lineno}"
    problem = str(error) if overrun else without_paths(f"{type(error).__name__}: {error}")[:200]
    fields = {"rule": name, "problem": problem, "place": place}
    return engine_finding("rule-not-finished" if overrun else "check-crashed", fields)


def _numbered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Sorted findings, their fingerprints made with the number of equal ones before each; exact repeats dropped."""
    seen: Counter[tuple[str, str, str]] = Counter()
    previous = None
    for found in sorted(findings, key=lambda f: (f.span, f.rule, f.message)):
        key = (found.rule, found.text, found.fingerprint)
        bare = replace(found, fingerprint="")
        if bare == previous:
            continue
        previous = bare
        yield replace(found, fingerprint=fingerprint(*key, seen[key]))
        seen[key] += 1


def _decoded(document: Document, span: Span) -> str:
    """The words of ``span`` as a reader sees them."""
    if span.start == span.end:
        return ""
    block = document.block_at(span.start)
    if block is None or not block.segments or block.segments[-1].source_end < span.end:
        return document.source.slice(span)
    pieces = []
    for start, end, source, source_end, literal in block.segments_in(span):
        if literal:
            pieces.append(block.text[start + max(span.start - source, 0) : end - max(source_end - span.end, 0)])
        else:
            pieces.append(block.text[start:end])
    return "".join(pieces)


def _titled(fix: Fix, document: Document) -> Fix:
    if fix.title:
        return fix
    edit = fix.edits[0]
    old = document.source.slice(edit.span)
    if len(fix.edits) > 1:
        title = f"Make {len(fix.edits)} changes"
    elif not old:
        title = f"Insert “{_short(edit.replacement)}”"
    elif not edit.replacement:
        title = f"Delete “{_short(old)}”"
    else:
        title = f"Replace “{_short(old)}” with “{_short(edit.replacement)}”"
    return replace(fix, title=title)


def _short(text: str, width: int = 60) -> str:
    text = " ".join(text.split()) or text
    return text if len(text) <= width else text[: width - 1] + "…"


class _Fields(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def _filled(template: str, fields: Mapping[str, Any]) -> str:
    """``template`` with its fields filled; article text in a field is never read as a template."""
    return Formatter().vformat(template, (), _Fields(fields)) if "{" in template else template
