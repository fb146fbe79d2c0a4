"""What the examples of the rules on structure, commerce, claims and wording cannot show: fixes, limits, any text at all."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint import catalog, data, engine
from medlint.facts import Facts
from medlint.matching import literals_of
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source

CATEGORIES = ("accessibility", "claims", "commercial", "eating-disorders", "stigma", "structure", "suicide")
RULES = catalog.select([rule for rule in catalog.builtin() if rule.category in CATEGORIES], preview=True)
PIECES = [
    "# 5 tips", "## 1. Rest", "## 3. Walk", "Original source:", "In this article", "Read more", "consider BrightPsych. We’re a clinic.",
    "We don’t treat", "schizophrenia", "our care is as good as any other", "addicts abuse drugs", "diabetics", "cures", "no", "100% safe",
    "“", "”", "suicide", "epidemic", "38 kg", "anorexia", "![](a.jpg)", "<img src=x>", "[buy](https://amzn.to/x)", "HONcode", "guaranteed",
    "As an AI language model", "risk by 18%", "clinically proven", "self-harm", "\n\n", ". ", ": ", " ", "- ", "\ufffc", "é", "’",
]  # fmt: skip


def run(text: str, rule: str = "", name: str = "a.md") -> engine.Outcome:
    rules = catalog.select(RULES.rules, select=[rule], preview=True) if rule else RULES
    outcome = engine.run(Facts(read(Source(text, name)), Profile(health=True), date(2026, 11, 23)), rules)
    assert not outcome.crashed, outcome.findings
    return outcome


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["a.md", "a.html"]))
def test_no_page_breaks_a_check(pieces: list[str], name: str) -> None:
    run("".join(pieces), name=name)


@pytest.mark.parametrize(("old", "new"), [("# 4 ways", "# 3 ways"), ("# Four ways", "# Three ways")])
def test_the_number_of_a_promise_is_mended_as_it_is_written(old: str, new: str) -> None:
    text = f"{old} to rest\n\n## 1. Sit\n\nA.\n\n## 2. Lie\n\nB.\n\n## 3. Nap\n\nC.\n"
    (found,) = run(text, "promise-count-mismatch").findings
    assert found.fix is not None
    (edit,) = found.fix.edits
    assert (text[: edit.span.start] + edit.replacement + text[edit.span.end :]).startswith(new)


def test_a_contradiction_shows_where_the_condition_is_named_and_where_readers_are_sent() -> None:
    text = "# Numb\n\n- Schizophrenia: flat.\n\nTo rest, consider BrightPsych. We’re a clinic.\n\nWe don’t treat schizophrenia."
    (found,) = run(text, "service-contradicts-page").findings
    assert [text[r.span.start : r.span.end][:13] for r in found.related] == ["Schizophrenia", "To rest, cons"]


def test_sensitive_details_are_named_by_category_and_not_repeated() -> None:
    (found,) = run("She ended her life with a gun. It was in May.", "method-detail").findings
    assert found.text == ""
    assert "means" in found.message
    assert "gun" not in found.message + found.advice


def test_every_pattern_of_sensitive_details_can_be_looked_for() -> None:
    for subject in data.raw("sensitive-detail")["subjects"]:
        for category in subject["categories"]:
            assert all(literals_of(pattern) for pattern in category["patterns"]), category["id"]


@pytest.mark.hostile
@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit",
    [
        "this tea cures anxiety and ", "guaranteed relief “", "anorexia 38 kg, ", "recovering drug addict ", "consider BrightPsych. We’re a clinic. ",
        "at Acme Acme Acme, we ", "We don’t treat schizophrenia, ", "# 5 tips\n\n## 1. Rest\n\n", "In this article\n\n", "[buy](https://prf.hn/x) ",
        "he took his life with a gun ", "- item one two three four five six seven eight nine ten eleven twelve\n",
    ],
)  # fmt: skip
def test_a_page_that_repeats_words_for_ever_is_read_in_time(unit: str) -> None:
    started = time.perf_counter()
    run("# Schizophrenia and anorexia\n\n" + unit * (60_000 // len(unit)))
    assert time.perf_counter() - started < 10
