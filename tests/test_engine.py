"""Running rules: order, crashes, wording, fingerprints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from medlint import catalog, checks, engine
from medlint.catalog import RuleSet
from medlint.document import Document
from medlint.facts import Facts
from medlint.finding import Hit, Undetermined
from medlint.profile import Profile
from medlint.readers import read
from medlint.rule import Rule
from medlint.source import Source
from tests.rules import pattern_rule


class _None(msgspec.Struct, frozen=True):
    pass


def _facts(text: str) -> Facts:
    return Facts(read(Source(text, "a.md")), Profile(health=True), date(2026, 11, 23))


def _check(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    module = SimpleNamespace(Options=_None, run=run)
    original = checks.load
    monkeypatch.setattr(checks, "load", lambda name: module if name == "fake" else original(name))


def test_a_crash_in_one_rule_hides_nothing_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(facts: Facts, rule: Rule, options: Any) -> Iterable[Hit]:
        raise ZeroDivisionError("by design")
        yield

    _check(monkeypatch, run)
    rules = RuleSet(
        [pattern_rule("odd-word", "zyzzyva"), msgspec.structs.replace(pattern_rule("bad-rule", "x"), check="fake")]
    )
    outcome = engine.run(_facts("A zyzzyva."), rules)
    assert outcome.crashed == ("bad-rule",)
    assert [finding.rule for finding in outcome.findings] == ["check-crashed", "odd-word"]
    assert "by design" in outcome.findings[0].message


def test_findings_come_by_place_then_rule() -> None:
    rules = RuleSet(
        [pattern_rule("zz-last", "beetle"), pattern_rule("aa-first", "beetle"), pattern_rule("mm-mid", "weevil")]
    )
    outcome = engine.run(_facts("A weevil. A beetle."), rules)
    assert [finding.rule for finding in outcome.findings] == ["mm-mid", "aa-first", "zz-last"]


def test_article_text_is_never_read_as_a_template() -> None:
    rule = msgspec.structs.replace(pattern_rule("odd-word", r"\{\w+\} zyzzyva"), message="“{text}” is odd, {unknown}.")
    outcome = engine.run(_facts("A {rule} zyzzyva."), RuleSet([rule]))
    assert outcome.findings[0].message == "“{rule} zyzzyva” is odd, {unknown}."


def test_equal_findings_have_different_fingerprints_that_survive_reflow() -> None:
    rules = RuleSet([pattern_rule("odd-word", "zyzzyva")])
    one = engine.run(_facts("A zyzzyva and a zyzzyva sat on a mat."), rules).findings
    other = engine.run(_facts("Another paragraph.\n\nA zyzzyva and\na   zyzzyva sat on\na mat."), rules).findings
    assert len({finding.fingerprint for finding in one}) == 2
    assert [finding.fingerprint for finding in one] == [finding.fingerprint for finding in other]


def test_a_check_may_decline(monkeypatch: pytest.MonkeyPatch) -> None:
    _check(monkeypatch, lambda *_: [Undetermined("too short")])
    outcome = engine.run(_facts("x"), RuleSet([msgspec.structs.replace(pattern_rule("odd-word", "x"), check="fake")]))
    assert outcome.undetermined == (engine.Doubt("odd-word", "too short"),)
    assert not outcome.findings


def test_a_rule_whose_words_do_not_occur_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from medlint.checks import pattern

    called = []
    original = pattern.run
    monkeypatch.setattr(pattern, "run", lambda *args: called.append(args[1].name) or original(*args))
    rules = RuleSet([pattern_rule(f"rule-{number}", f"zyzzyva{number}") for number in range(200)])
    engine.run(_facts("A zyzzyva7 sat."), rules)
    assert called == ["rule-7"]


def test_blocks_with_a_word_are_found_whether_or_not_a_rule_looks_for_it() -> None:
    facts = _facts("A beetle.\n\nA weevil.\n\nAn aphid and a beetle.")
    before = facts.blocks_with(("beetle",)), facts.blocks_with(("weevil", "aphid"))
    engine.run(facts, RuleSet([pattern_rule("beetles", "beetle")]))
    assert (facts.blocks_with(("beetle",)), facts.blocks_with(("weevil", "aphid"))) == before
    assert [len(blocks) for blocks in before] == [2, 2]
    assert set(facts.occurring(("beetle", "moth"))) == {"beetle", "moth"}  # nobody looked for moths
    assert set(facts.occurring(("beetle",))) == {"beetle"}


def test_many_findings_in_one_sentence_cost_no_more_than_their_number() -> None:
    rules = RuleSet([pattern_rule("odd-word", "zyzzyva", unless=["nowhere"])])
    text = "A zyzzyva and " * 6000
    outcome = engine.run(_facts(text), rules)
    assert len(outcome.findings) == 6000


PAGES = sorted(path for path in (Path(__file__).parents[1] / "examples").rglob("*") if path.suffix in (".html", ".md"))


def _state(document: Document) -> str:
    """All that a rule could change of an article."""
    blocks = [
        (
            block.text,
            block.plain,
            tuple(block.segments),
            tuple(block.inlines),
            block.zone,
            block.kind,
            block.hidden,
            block.section,
        )
        for block in document.blocks
    ]
    elements = {element for block in document.blocks for element in block.element.ancestors}
    tags = sorted((e.span, e.tag, sorted(e.attrs.items()), e.hidden, str(e.zone), str(e.kind)) for e in elements)
    return repr(
        [document.source.text, blocks, tags, document.links, document.images, document.sections, document.metadata]
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_rule_of_ours_changes_the_article(page: Path) -> None:
    facts = Facts(read(Source(page.read_text("utf-8"), page.name)), Profile(health=True), date(2026, 11, 23))
    before = _state(facts.document)
    outcome = engine.run(facts, catalog.select(catalog.builtin(), preview=True))
    assert outcome.findings or page.parent.name != "bad"
    assert _state(facts.document) == before
