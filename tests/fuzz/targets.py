"""What reads text from strangers, each as one function of bytes that raises ``Broken``, or anything else, for a fault.

A target takes every input: what the code under test refuses by its own kind of error is refused well. ``TARGETS`` has
them by name.
"""

from __future__ import annotations

import io
import json
import re
import socket
import tempfile
import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import turbohtml
from msgspec.structs import replace

from medlint import baseline, catalog, config, suppress, toml_lines
from medlint.document import Document
from medlint.engine import Doubt
from medlint.errors import ConfigError, ReadError, RuleError
from medlint.fetch import archive, identifiers
from medlint.fetch.address import as_address, is_public
from medlint.fetch.client import Client
from medlint.fetch.clock import Clock, TimedSocket
from medlint.fetch.guard import Dialer
from medlint.fetch.page import Unreadable, read_page, unfold
from medlint.fetch.policy import LinkPolicy
from medlint.fetch.target import Refusal, join, parse
from medlint.fetch.verdict import Evidence, judge, judge_identifier
from medlint.finding import Safety, State
from medlint.fix import fix
from medlint.pipeline import Settings, check_source
from medlint.profile import Profile
from medlint.readers import HTML, MARKDOWN, located, read
from medlint.readers.metadata import FRONT_MATTER
from medlint.report import FORMATS, FileReport, Report, reporter
from medlint.report.csv import harmless
from medlint.source import Source, Span
from tests.laws import laws
from tests.rules import pattern_rule

Target = Callable[[bytes], None]
TARGETS: dict[str, Target] = {}
TODAY = date(2026, 11, 23)
_CUT_SHORT = ("check-crashed", "rule-not-finished")


class Broken(AssertionError):
    """A law does not hold."""


def _target(function: Target) -> Target:
    TARGETS[function.__name__.replace("_", "-")] = function
    return function


def _hold(violations: Iterable[str]) -> None:
    for violation in violations:
        raise Broken(violation)


def _that(holds: object, otherwise: str) -> None:
    if not holds:
        raise Broken(otherwise)


def _text(data: bytes) -> str:
    """``data`` as the text of a file, which never has half a character."""
    return data.decode("utf-8", "replace")


def _words(data: bytes) -> str:
    """``data`` as words from elsewhere: file names and escapes in JSON can have half a character."""
    return data.decode("utf-8", "surrogateescape")


# Readers


@_target
def html(data: bytes) -> None:
    """Any file named .html is read, or refused as no text, and every character keeps its place."""
    _read(data, "a.html", HTML)


@_target
def markdown(data: bytes) -> None:
    """Any file named .md is read, or refused as no text, and every character keeps its place."""
    _read(data, "a.md", MARKDOWN)


def _read(data: bytes, name: str, format: str) -> None:
    try:
        source = Source.decode(data, name)
    except ReadError:
        return
    if not source.guessed:
        _that(source.encode(source.text) is not None, "what was decoded cannot be encoded")
    _hold(laws.tiling(source.text, format))
    document = read(source, format)
    _hold(_misread(document, format))
    _hold(_misplaced(document))
    assert document.soup is not None


def _misread(document: Document, format: str) -> Iterator[str]:
    """What of the text of ``document`` is not what its places say, by the language that stands there."""
    head = document.metadata.front_matter
    for block in document.blocks:
        in_head = head is not None and block.span().start < head.end
        yield from laws.decode(document.source, block, FRONT_MATTER if in_head else format)


def _misplaced(document: Document) -> Iterator[str]:
    """What of ``document`` claims a place that is none."""
    length = len(document.source.text)
    metadata = document.metadata
    spans = [
        *(link.span for link in document.links),
        *(image.span for image in document.images),
        *(comment.span for comment in document.comments),
        *(person.span for person in (*metadata.authors, *metadata.reviewers)),
        *(day.span for day in (*metadata.published, *metadata.updated, *metadata.reviewed, *metadata.due)),
        *(problem.span for problem in metadata.problems),
        *(block.span() for block in document.blocks),
        *(block.span(*word) for block in document.blocks for word in block.words),
    ]
    for start, end in spans:
        if not 0 <= start <= end <= length:
            yield f"{start} to {end} is no place in {length} characters"
    edges = [(section.start, section.end) for section in document.sections]
    if [start for start, _ in edges] != [0, *(end for _, end in edges[:-1])] or edges[-1][1] != len(document.blocks):
        yield f"the sections {edges} do not make up {len(document.blocks)} blocks"


_MARKS = (("---\n", "\n---\n"), ("+++\n", "\n+++\n"), ("", "\n"))


@_target
def front_matter(data: bytes) -> None:
    """Front matter of each kind is read with the place of each value, or is a problem, and the article follows."""
    opening, closing = _MARKS[data[0] % 3] if data else _MARKS[0]
    head, rest = _text(data[1:]), "Words that follow the head.\n"
    source = Source(f"{opening}{head}{closing}\n{rest}", "a.md")
    document = read(source)
    _hold(_misplaced(document))
    _hold(_misread(document, MARKDOWN))
    whole = document.metadata.front_matter
    if whole is not None and whole.end >= len(opening + head):
        _that(document.blocks and document.blocks[-1].text == rest.strip(), "the article after its head is not read")
    body = Span(len(opening), len(opening + head))
    readers: tuple[Callable[[str, Span], Any], ...] = (
        partial(located.yaml_tree, first_line=2),
        located.toml_tree,
        located.json,
    )
    for tree in readers:
        try:
            value = tree(source.text, body)
        except located.Unreadable as error:
            _that(0 <= error.span.start <= error.span.end <= len(source.text), f"a problem at {error.span}")
        else:
            for leaf in _leaves(value):
                _that(body.start <= leaf.span.start <= leaf.span.end <= body.end, f"{leaf!r} at {leaf.span}")


def _leaves(value: Any) -> Iterator[located.Located]:
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, Mapping):
            todo += item.values()
        elif isinstance(item, list):
            todo += item
        elif isinstance(item, located.Located):
            yield item


# Articles


@cache
def _settings() -> tuple[Settings, ...]:
    """The built-in rules, for two kinds of readers."""
    rules = catalog.select(catalog.builtin(), preview=True)
    return tuple(
        Settings(rules, profile, TODAY)
        for profile in (Profile(health=True), Profile("uk", "clinician", "charity", health=True))
    )


@_target
def article(data: bytes) -> None:
    """Every rule has its say on any article, at places that are there, and safe fixes come to an end."""
    kind = data[0] if data else 0
    try:
        source = Source.decode(data[1:], "a.html" if kind & 1 else "a.md")
    except ReadError:
        return
    settings = _settings()[kind >> 1 & 1]
    report = check_source(source, settings)
    _complete(report)
    _hold(
        f"{found.rule} at {found.span}"
        for found in report.findings
        if not 0 <= found.span.start <= found.span.end <= len(source.text)
    )
    if any(found.fix and found.fix.safety is Safety.SAFE and found.state is State.OPEN for found in report.findings):
        fixed = fix(source, settings)
        again = fix(Source(fixed.text, source.name), settings)
        # A text spoilt again and again is mended once a round, and the rounds are counted.
        _that(again.text == fixed.text or len(again.text) < len(fixed.text), "safe fixes go on and on")


def _complete(report: FileReport) -> None:
    for finding in report.findings:
        _that(finding.rule not in _CUT_SHORT, f"{finding.rule}: {finding.message}")


@cache
def _odd_words() -> Settings:
    rules = catalog.RuleSet([pattern_rule("odd-word", "zyzzyva"), pattern_rule("odd-beetle", "beetle")])
    return Settings(rules, Profile(health=True), TODAY)


@_target
def suppressions(data: bytes) -> None:
    """A finding is silenced only by a directive that names its rule and gives a reason, and what is idle can be removed."""
    source = Source(_text(data[1:]), "a.html" if data and data[0] & 1 else "a.md")
    document = read(source)
    known = suppress.register(document)
    for item in known.suppressions:
        _that(item.reason.strip(), "a directive without a reason counts")
        _that(item.rules and all(re.fullmatch(r"[^\s,]+", name) for name in item.rules), f"the rules {item.rules}")
        _that(0 <= item.scope.start <= item.scope.end <= len(source.text), f"the scope {item.scope}")
    report = check_source(source, _odd_words())
    _complete(report)
    idle = False
    named = {(name, item.reason) for item in known.suppressions for name in item.rules}
    for finding in report.findings:
        if finding.state is State.SUPPRESSED:
            _that((finding.rule, finding.reason) in named, f"{finding.rule} is silenced by nothing")
        elif finding.rule == "suppression-unused" and finding.fix and finding.fix.safety is Safety.SAFE:
            idle = True
    if idle:
        fixed = fix(source, _odd_words())
        again = suppress.register(read(Source(fixed.text, source.name)))
        _that(len(again.problems) <= len(known.problems), "removing an idle directive makes a problem")
        _that(_said(again) < _said(known) or fixed.refused, "removing an idle directive removes nothing")


def _said(known: suppress.Register) -> int:
    """How much the directives say: the rules that they name, and what is wrong with them."""
    return sum(len(item.rules) for item in known.suppressions) + len(known.problems)


# Files of a project


@cache
def _temporary() -> tempfile.TemporaryDirectory[str]:
    """A folder that goes with the process."""
    return tempfile.TemporaryDirectory(prefix="medlint-fuzz-")


def _folder() -> Path:
    return Path(_temporary().name)


_PAGE = Source(
    "# A walk\n\nBy A Person\n\nA zyzzyva walked. Stop your tablets today!\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "a.md"
)


@_target
def rule_file(data: bytes) -> None:
    """A rule file is refused with a reason, or its rule runs."""
    path = _folder() / "house" / "odd-word.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    try:
        rules = catalog.RuleSet(catalog.from_folder(path.parent))
    except RuleError as error:
        _that(
            error.line is None or 1 <= error.line <= data.count(b"\n") + data.count(b"\r") + 2,
            f"{error} has no such line",
        )
        return
    _complete(check_source(_PAGE, Settings(rules, Profile(health=True), TODAY)))


@_target
def configuration(data: bytes) -> None:
    """A configuration is refused with a place and a reason, or a file can be checked by it."""
    path = _folder() / "project" / config.FILE_NAME
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    try:
        loaded = config.load(path)
        if not loaded.config.rule_folders:  # which may be any folder of the machine
            settings = loaded.settings(TODAY, "posts/a.md")
            loaded.excludes(path.parent / "posts" / "a.md")
            loaded.excludes(path.parent / "posts", folder=True)
            list(loaded.renamed())
            assert settings.rules.digest
    except (ConfigError, RuleError) as error:
        lines = data.count(b"\n") + data.count(b"\r") + 2
        _that(error.line is None or 1 <= error.line <= lines, f"{error} has no such line")
        _that(str(_folder()) in error.where, f"{error} does not say where")
    if all(line >= 1 for line in toml_lines.lines(_text(data)).values()):
        return
    raise Broken("a setting on a line before the first")


@_target
def accepted(data: bytes) -> None:
    """A baseline is refused with a reason, or reads the same when it is written again."""
    try:
        read_ = baseline.Baseline.parse(data, "medlint-baseline.json")
    except ConfigError:
        return
    _that(baseline.Baseline.parse(read_.to_json(), "again") == read_, "a baseline changes as it is written")


# What servers say


class _Patient(threading.Event):
    """A stop that nobody waits for."""

    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


class _Script(Dialer):
    """Connects to nobody: each connection is answered with the next part of what the script says."""

    def __init__(self, policy: LinkPolicy, answers: list[bytes]) -> None:
        super().__init__(policy, lambda host, port: ("93.184.216.34",))
        self._answers = answers
        self._others: list[socket.socket] = []

    def _dial(self, place: tuple[str, int], clock: Clock) -> socket.socket:
        _that(all(map(is_public, self._addresses[place])), f"{place} is no public address")
        ours, other = socket.socketpair()
        other.sendall(self._answers[min(len(self._others), len(self._answers) - 1)][:60_000])
        other.shutdown(socket.SHUT_WR)
        self._others.append(other)
        connected = TimedSocket(fileno=ours.detach())
        connected.settimeout(clock.remaining())
        return connected

    def close(self) -> None:
        for other in self._others:
            other.close()


_POLICY = LinkPolicy(cache=False, timeout_link=20)
_NEXT = b"\n----\n"


@_target
def response(data: bytes) -> None:
    """Whatever a server sends, there is a verdict that can be printed."""
    dialer = _Script(_POLICY, data.split(_NEXT))
    client = Client(_POLICY, dialer, _Patient())
    asked = parse("http://example.org/a/b#part", _POLICY)
    try:
        visit = client.visit(asked, anchors=True)
        known = client.look_up(asked)
    finally:
        client.close()
        dialer.close()
    identifier = identifiers.Identifier(identifiers.Registry.doi, "10.1000/x")
    for seen, verdict in (
        (visit, judge(visit, asked, _POLICY, Evidence())),
        (known, judge_identifier(known, identifier, _POLICY, Evidence())),
    ):
        shown = (verdict.reason, seen.answer.detail, *seen.chain, *seen.tried)
        _hold(f"{text!r} cannot be printed" for text in shown if not text.isprintable())
        _that(len(seen.chain) <= _POLICY.max_redirects + 1, f"{len(seen.chain)} redirects")
    archive.copy_in(known.answer.body)


_CODINGS = ("", "identity", "gzip", "deflate", "br")
_CHARSETS = (None, "utf-8", "latin-1", "utf-16", "shift_jis", "no-such", "utf-7", "x" * 40)


@_target
def page(data: bytes) -> None:
    """Any body is read for its title and its parts, or cannot be unfolded."""
    kind, body = (data[0] if data else 0), data[1:]
    try:
        unfolded = unfold(body, _CODINGS[kind % 5])
        if unfolded is not None:
            found = read_page(unfolded, _CHARSETS[kind % 8], anchors=bool(kind & 16), cut=bool(kind & 32))
            assert found.is_bot_check in (True, False)
            assert found.not_found_words is None or found.not_found_words in (found.title, found.heading)
    except Unreadable:
        return


@_target
def address(data: bytes) -> None:
    """A URL is refused with a reason, or has one spelling that leads to the same place, which no other parser reads as another."""
    url, _, location = _words(data).partition("\n")
    readers: tuple[Callable[[str], object], ...] = (identifiers.recognise, _settled)
    for read_ in readers:
        try:
            read_(url)
        except Refusal as refusal:
            _that(refusal.reason.isprintable(), f"{refusal.reason!r} cannot be printed")
    base = parse("https://example.org/a/b?c", _POLICY)
    try:
        target = join(base, location, _POLICY)
    except Refusal:
        return
    _settled(target.url)


def _settled(url: str) -> None:
    from urllib.parse import urlsplit

    target = parse(url, _POLICY)
    again = parse(target.url, _POLICY)
    _that(again.url == target.url and again.host == target.host, f"{target.url!r} becomes {again.url!r}")
    _that(target.url.isascii() and target.url.isprintable() and " " not in target.url, f"{target.url!r} is no URL")
    split = urlsplit(target.url)
    _that(split.hostname == target.host.strip("[]"), f"{target.url!r} leads to {split.hostname!r} elsewhere")
    literal = as_address(target.host)
    _that(literal is None or is_public(literal), f"{target.host} is no public address")


@_target
def registry(data: bytes) -> None:
    """Whatever a registry answers is yes, no, or no answer."""
    kind, body = (data[0] if data else 0), data[1:]
    for name in identifiers.Registry:
        known = identifiers.registered(identifiers.Identifier(name, "1"), (200, 404, 500)[kind % 3], body)
        _that(known in (True, False, None), f"{known!r} is no answer")
    copy = archive.copy_in(body)
    _that(copy is None or copy.startswith("https://web.archive.org/"), f"{copy!r} is no copy")


# Reports


@cache
def _everything() -> catalog.RuleSet:
    return catalog.RuleSet([pattern_rule("odd-text", r"[^\n]+", within="block")])


_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_OURS = {"github": "\u200d", "markdown": "\u200b", "text": "\u200b", "concise": "\u200b"}


@_target
def reports(data: bytes) -> None:
    """Any text in, and each format parses, holds every finding, and has only what is ours in places where words act."""
    name, _, text = _words(data).partition("\n")
    report = _report(name or "a.md", text)
    count = sum(len(file.findings) for file in report.files)
    benign = {format: _written(format, _report("a.md", "Words.")) for format in ("html",)}
    written = {format: _written(format, report) for format in FORMATS}
    for format, out in written.items():
        out.encode("utf-8")
        if format in _OURS:
            _that(not _CONTROLS.search(out.replace(_OURS[format], "")), f"{format}: a control character")
    _that(
        json.loads(written["json"])["files"] == [json.loads(line) for line in written["jsonl"].split("\n") if line],
        "jsonl is not json",
    )
    (run,) = json.loads(written["sarif"])["runs"]
    _that(len(run["results"]) == count, "sarif: findings are lost")
    _that(len(json.loads(written["gitlab"])) == count, "gitlab: findings are lost")
    _that(len(json.loads(written["rdjson"])["diagnostics"]) == count, "rdjson: findings are lost")
    _that(len(ElementTree.fromstring(written["junit"]).findall("testsuite")) == 1, "junit: the suite is lost")
    for line in written["github"].splitlines():
        command = "##[" in line or (line.lstrip().startswith("::") and "::" in line.lstrip()[2:])
        _that(not command or re.match(r"::(?:error|warning|notice) file=[^:]*::", line), f"github: {line!r}")
    _that(_active(written["html"]) == _active(benign["html"]), "html: text became markup that acts")
    _that(not harmless(text).startswith(tuple("=+-@\t\r")), "csv: a formula")


def _report(name: str, text: str) -> Report:
    rules = _everything()
    settings = Settings(rules, Profile(health=True), TODAY, keep_passages=True)
    file = check_source(Source(text, name), settings)
    findings = tuple(replace(found, advice=text[:200], reason=text[:80]) for found in file.findings[:6])
    link = {"url": text[:300], "outcome": "broken", "reason": text[:80], "final_url": text[:80], "archive": text[:80]}
    facts = {**file.facts, "links": [link]}
    file = replace(file, findings=findings, facts=facts, undetermined=(Doubt("odd-text", text[:200]),))
    return Report(
        [file],
        today="2026-11-23",
        ruleset="sha256:0",
        rules={rule.name: rule for rule in rules.rules},
        notes=[text[:80]],
    )


def _written(format: str, report: Report) -> str:
    out = io.StringIO()
    reporter(format)(report, out)
    return out.getvalue()


def _active(markup: str) -> tuple[int, int]:
    """How many elements of ``markup`` can act on their own, and how many attributes can."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(turbohtml.parse(markup).serialize(), "html.parser")
    elements = soup.find_all(["script", "iframe", "object", "embed", "img", "style", "base", "form", "meta"])
    attributes = [
        name
        for tag in soup.find_all(True)
        for name, value in tag.attrs.items()
        if name.startswith("on") or re.match(r"\s*(?:javascript|data|vbscript):", str(value), re.IGNORECASE)
    ]
    return len(elements), len(attributes)
