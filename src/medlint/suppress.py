"""Suppressions: directives in comments and front matter that silence named rules, with a reason, for a while.

<!-- medlint-ignore rule-a, rule-b until 2027-03 -- reason -->     the next block
<!-- medlint-disable rule -- reason --> ... <!-- medlint-enable rule -->     a region
<!-- medlint-ignore-file rule -- reason -->     the file
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from medlint.catalog import RuleSet
from medlint.document import Comment, Document
from medlint.engine import engine_finding
from medlint.finding import Edit, Finding, Fix, Safety, State
from medlint.source import Source, Span

_DIRECTIVE = re.compile(r"\s*medlint-(?P<action>[a-z-]+)\b(?P<rest>.*)", re.DOTALL)
_REST = re.compile(
    r"\s*(?P<rules>[a-z0-9, \n-]*?)\s*(?:\buntil\s+(?P<until>\S+))?\s*(?:(?<=\s)--\s*(?P<reason>.*?))?\s*",
    re.DOTALL,
)
_ACTIONS = ("ignore", "disable", "enable", "ignore-file")
FRONT_MATTER = "front-matter"
"""The kind of suppressions that stand in front matter."""
_NAMES = re.compile(r"<!--\s*medlint-[a-z-]+\s+(?P<names>[a-z0-9, \n-]+?)(?=\s*(?:\suntil\s|\s--|-->))")
_REST_OF_LINE = re.compile(r"[ \t]*(?:\r\n?|\n|\Z)(?:[ \t]*(?:\r\n?|\n))?")
_UNTIL = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


class Suppression(msgspec.Struct, frozen=True):
    """A directive: the rules it silences in ``scope`` (source offsets), why, and until when (the last day).

    ``span`` is the directive, and ``end`` the one that ends its region, if there is one.
    """

    rules: tuple[str, ...]
    scope: Span
    reason: str
    until: date | None
    span: Span
    kind: str
    end: Span | None = None

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and today > self.until


class Register(msgspec.Struct, frozen=True):
    """The suppressions of a document, and what is wrong with its directives: (span, problem)."""

    suppressions: tuple[Suppression, ...]
    problems: tuple[tuple[Span, str], ...]


def register(document: Document) -> Register:
    """Every suppression of ``document``, in order."""
    found: list[Suppression] = []
    problems: list[tuple[Span, str]] = []
    pending: dict[str, Suppression] = {}
    everything = Span(0, len(document.source.text))
    for comment in document.comments:
        match = _DIRECTIVE.fullmatch(comment.text)
        if match is None:
            continue
        action = match["action"]
        if action not in _ACTIONS:
            problems.append(
                (
                    comment.span,
                    f"there is no directive medlint-{action}; there are {', '.join('medlint-' + a for a in _ACTIONS)}",
                )
            )
            continue
        parts = _REST.fullmatch(match["rest"])
        names = tuple(name for name in re.split(r"[,\s]+", parts["rules"]) if name) if parts else ()
        reason = ((parts["reason"] or "") if parts else "").strip()
        if not names or (parts and "--" in parts["rules"]) or "until" in names:
            problems.append((comment.span, "it cannot be read" if names or not parts else "it names no rule"))
            continue
        if action == "enable":
            for name in names:
                if opened := pending.pop(name, None):
                    scope = Span(opened.scope.start, comment.span.start)
                    found.append(replace(opened, scope=scope, end=comment.span))
                else:
                    problems.append((comment.span, f"nothing disabled {name} before it"))
            continue
        if not reason:
            problems.append((comment.span, "it gives no reason after --"))
            continue
        until, problem = _last_day(parts["until"] if parts else None)
        if problem:
            problems.append((comment.span, problem))
            continue
        base = Suppression(names, everything, reason, until, comment.span, action)
        if action == "ignore-file":
            found.append(base)
        elif action == "ignore":
            found.append(replace(base, scope=_its_block(document, comment)))
        else:
            for name in names:
                if name in pending:
                    problems.append((comment.span, f"{name} is disabled already"))
                else:
                    pending[name] = replace(base, rules=(name,), scope=Span(comment.span.end, everything.end))
    found += pending.values()
    place = document.metadata.front_matter or Span(0, 0)
    for name, reason in document.metadata.suppressions.items():
        if reason.strip():
            found.append(Suppression((name,), everything, reason.strip(), None, place, FRONT_MATTER))
        else:
            problems.append((place, f"the front matter gives no reason for ignoring {name}"))
    return Register(tuple(sorted(found, key=lambda item: (item.span, item.rules))), tuple(problems))


def _last_day(text: str | None) -> tuple[date | None, str]:
    if text is None:
        return None, ""
    match = _UNTIL.fullmatch(text)
    if match is None:
        return None, f"{text!r} is not a date like 2027-03 or 2027-03-31"
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 0)
    try:
        if day:
            return date(year, month, day), ""
        date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1), ""
    except ValueError:
        return None, f"{text!r} is not a date of the calendar"


def _its_block(document: Document, comment: Comment) -> Span:
    """What a directive before or inside a block covers: that block, from the directive or its own start on."""
    for block in document.blocks[comment.before :]:
        if block.segments:
            return Span(min(block.segments[0].source, comment.span.start), block.segments[-1].source_end)
    return Span(comment.span.start, len(document.source.text))


class Newness(msgspec.Struct, frozen=True):
    """The lines that the change under check adds, and whether suppressions on them are refused."""

    lines: tuple[range, ...]
    refuse: bool


def apply(
    document: Document, findings: Sequence[Finding], rules: RuleSet, today: date, newness: Newness | None = None
) -> list[Finding]:
    """``findings`` with the suppressed ones marked, and findings about directives that are unused, expired, wrong or new."""
    known = register(document)
    if not known.suppressions and not known.problems:
        return list(findings)
    added = []
    if newness is not None:
        new = tuple(item for item in known.suppressions if _on(document, item.span, newness.lines))
        for item in new:
            fields = {"rules": ", ".join(item.rules), "reason": item.reason}
            variant = "refused" if newness.refuse else ""
            words = document.source.slice(item.span)
            added.append(engine_finding("suppression-new", fields, item.span, text=words, variant=variant))
        if newness.refuse:
            known = replace(known, suppressions=tuple(item for item in known.suppressions if item not in new))
    called = {rule.name: (rule.name, *rule.aliases) for rule in rules.rules}
    used: set[tuple[Span, str]] = set()
    result = []
    for finding in findings:
        for item in known.suppressions:
            name = "" if item.expired(today) else _covers(item, finding, called.get(finding.rule, (finding.rule,)))
            if name:
                used.add((item.span, name))
                finding = replace(finding, state=State.SUPPRESSED, reason=item.reason)
                break
        result.append(finding)
    return result + added + list(_about(document, known, used, rules, today))


def _on(document: Document, span: Span, lines: Iterable[range]) -> bool:
    """Whether a line of ``span`` is one of ``lines``."""
    first, last = document.source.position(span.start).line, document.source.position(span.end).line
    return any(first < changed.stop and changed.start <= last for changed in lines)


def _covers(suppression: Suppression, finding: Finding, names: Iterable[str]) -> str:
    """By which of the ``names`` of its rule ``suppression`` silences ``finding``; empty if it does not."""
    if not suppression.scope.start <= finding.span.start <= suppression.scope.end:
        return ""
    return next((name for name in names if name in suppression.rules), "")


def _about(
    document: Document, known: Register, used: set[tuple[Span, str]], rules: RuleSet, today: date
) -> Iterator[Finding]:
    text = document.source.slice
    for span, problem in known.problems:
        yield engine_finding("suppression-invalid", {"problem": problem}, span, text=text(span))
    running = {name for rule in rules.rules for name in (rule.name, *rule.aliases)}
    for suppression in known.suppressions:
        if suppression.expired(today):
            rule, idle = "suppression-expired", suppression.rules
        else:
            rule = "suppression-unused"
            idle = tuple(
                name
                for name in suppression.rules
                if (suppression.span, name) not in used and (name in running or not _exists(name))
            )
        if not idle:
            continue
        fields = {"rules": ", ".join(idle), "until": str(suppression.until)}
        words = "" if suppression.kind == FRONT_MATTER else text(suppression.span)
        yield engine_finding(rule, fields, suppression.span, _removal(document, suppression, idle), words)


def _exists(name: str) -> bool:
    from medlint.catalog import builtin

    return any(name in (rule.name, *rule.aliases) for rule in builtin())


def _removal(document: Document, suppression: Suppression, names: tuple[str, ...]) -> Fix | None:
    """The fix that takes ``names`` out of a directive, and with the last of them the directive; None in front matter."""
    if suppression.kind == FRONT_MATTER:
        return None
    spans = [span for span in (suppression.span, suppression.end) if span]
    whole = set(names) == set(suppression.rules)
    title = "Delete the directive" if whole else f"Take {', '.join(names)} out of the directive"
    return Fix(tuple(_without(document.source, span, names) for span in spans), Safety.SAFE, title)


def _without(source: Source, span: Span, names: tuple[str, ...]) -> Edit:
    """The edit that takes ``names`` out of the directive at ``span``; a line that held nothing else goes with it."""
    text = source.text
    match = _NAMES.match(text, span.start)
    left = [name for name in re.split(r"[,\s]+", match["names"]) if name and name not in names] if match else []
    if match and left:
        return Edit(Span(*match.span("names")), ", ".join(left))
    line = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    rest = _REST_OF_LINE.match(text, span.end)
    if rest and not text[line : span.start].strip(" \t"):
        return Edit(Span(line, rest.end()), "")
    return Edit(span, "")
