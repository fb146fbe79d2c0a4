"""What an article costs grows with its length, for every rule and every fact: counted in calls, which do not depend on
the machine, and not in seconds, which do. The time that a regular expression takes is the business of
``medlint.backtracking``."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import medlint
from medlint import catalog, checks
from medlint.config import Config
from medlint.facts import Facts
from medlint.pipeline import check_source
from medlint.readers import read
from medlint.rule import Rule
from medlint.source import Source

SMALL, TIMES = 12, 4
SLACK = 1.5
"""How much more than in proportion a cost may grow; quadratic growth would be four times in proportion."""
FEW = 400
"""Calls that are no cost, whatever they grow by."""
SETTINGS = Config().settings(date(2026, 11, 23))
RULES = [rule for rule in catalog.builtin() if rule.check != catalog.ENGINE]
FACTS = [name for name, value in vars(Facts).items() if isinstance(value, cached_property)]


def article(sections: int) -> str:
    """An invented article of so many sections, in which every family of rules has something to look at."""
    parts = ["---\ntitle: Living with depression and migraine\nauthor: Ann Lee\ndate: 2026-03-04\n---\n",
             "# Living with depression and migraine\n\nMedically reviewed by Joan Park, MD. Last updated: 4 March 2026\n"]  # fmt: skip
    for number in range(sections):
        parts.append(f"""
## What helps in week {number}

Do not stop taking sertraline suddenly; ask your doctor first. You can stop your warfarin in week {number}. Take 5 mg of
ramipril twice a day, and 20U of insulin (see [{number % 9 + 1}]). Studies show that {number % 90 + 3}% of adults with anxiety
sleep badly, and a hard-to-regular pulse is is common in people with hypertension [1].

- If you think about suicide, call 988 or 0800 123 {4000 + number}, or visit https://example.org/help/{number}.
- We offer online therapy, and our doctors are the best in town. Teh dose is is shown in [the leaflet](https://example.com/{number}).

"Alcoholics" often ask: can I quit cold turkey? No, said Dr. Mary Fox ({2000 + number % 25}), a nurse who reviewed the plan.
""")  # fmt: skip
    parts.append("\n## Sources\n\n")
    parts += [f"{number + 1}. Fox M. Sleep in adults. J Sleep. {2000 + number % 25};{number}:1-9.\n" for number in range(sections)]  # fmt: skip
    parts.append("\nThis article is not a substitute for medical advice.\n")
    return "".join(parts)


def calls(action: Callable[[], object]) -> int:
    """How many functions, of Python and of C, ``action`` calls."""
    count = 0

    def tally(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count


def prepared(sections: int) -> Facts:
    """The facts of an article, all of them found, as for the last of many rules."""
    facts = Facts(read(Source(article(sections), "a.md")), SETTINGS.profile, SETTINGS.today)
    facts.look(SETTINGS.rules.scanner)
    for name in FACTS:
        getattr(facts, name)
    return facts


@pytest.fixture(scope="module")
def sizes() -> Iterable[tuple[Facts, Facts]]:
    """The same article short and long; whatever is found once a process has been found."""
    for sections in (SMALL, SMALL * TIMES):
        check_source(Source(article(sections), "a.md"), SETTINGS)
    return prepared(SMALL), prepared(SMALL * TIMES)


def judged(facts: Facts, rule: Rule) -> Callable[[], object]:
    options: Any = SETTINGS.rules.options(rule)
    return lambda: list(checks.load(rule.check).run(facts, rule, options))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_costs_in_proportion(rule: Rule, sizes: tuple[Facts, Facts]) -> None:
    for facts in sizes:
        judged(facts, rule)()
    small, large = (calls(judged(facts, rule)) for facts in sizes)
    assert large <= max(small, FEW) * TIMES * SLACK, f"{small} calls became {large}"


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_costs_in_proportion(name: str) -> None:
    costs = []
    for sections in (SMALL, SMALL * TIMES):
        document = read(Source(article(sections), "a.md"))
        warm = Facts(document, SETTINGS.profile, SETTINGS.today)
        getattr(warm, name)  # what it is made from, and what the document keeps
        cold = Facts(document, SETTINGS.profile, SETTINGS.today)
        for other in FACTS:
            if other != name and other in warm.__dict__:
                cold.__dict__[other] = warm.__dict__[other]
        costs.append(calls(lambda cold=cold: getattr(cold, name)))  # type: ignore[misc]
    assert costs[1] <= max(costs[0], FEW) * TIMES * SLACK, f"{costs[0]} calls became {costs[1]}"


@pytest.mark.parametrize(
    ("before", "part", "after"),
    [
        ("<table><tr>", "<td>Reviewed by</td>", "</tr><tr><td>Ann Lee, MD</td></tr></table>"),
        ("", "<p>Reviewed by</p>", ""),
        ("<ul>", "<li>By Ann Lee, 4 May 2024</li>", "</ul>"),
        ("", "<p>Call 988 or 0800 123 4567.</p>", ""),
        ("<h2>References</h2>", "<p>Source: [1] Fox M. Sleep (2019).</p>", ""),
        ("", "<p>This is no medical</p>", "<p>advice</p>"),
    ],
    ids=("row of labels", "labels", "names", "numbers", "sources", "broken disclaimers"),
)
def test_facts_of_one_thing_over_and_over_cost_in_proportion(before: str, part: str, after: str) -> None:
    def found(times: int) -> Callable[[], object]:
        document = read(Source(f"<main><h1>Sleep</h1>{before}{part * times}{after}</main>", "a.html"))
        facts = Facts(document, SETTINGS.profile, SETTINGS.today)
        return lambda: [getattr(facts, name) for name in FACTS]

    found(1)()
    small, large = calls(found(50)), calls(found(50 * TIMES))
    assert large <= small * TIMES * SLACK, f"{small} calls became {large}"


@pytest.mark.parametrize("form", ["md", "html"])
def test_reading_costs_in_proportion(form: str) -> None:
    def source(sections: int) -> Source:
        text = article(sections)
        if form == "html":
            paragraphs = "".join(f"<p>{part}</p>\n" for part in text.split("\n\n"))
            text = f"<html><body><main>{paragraphs}</main></body></html>"
        return Source(text, f"a.{form}")

    small, large = (calls(lambda sections=sections: read(source(sections))) for sections in (SMALL, SMALL * TIMES))  # type: ignore[misc]
    assert large <= small * TIMES * SLACK


def test_an_article_leaves_no_circles_for_the_collector() -> None:
    source = Source(article(SMALL), "a.md")
    check_source(source, SETTINGS)
    gc.collect()
    gc.disable()
    try:
        check_source(source, SETTINGS)
        assert gc.collect() < FEW
    finally:
        gc.enable()


def test_a_quadratic_rule_would_be_seen(sizes: tuple[Facts, Facts]) -> None:
    def every_pair(facts: Facts) -> Callable[[], object]:
        blocks = facts.document.blocks
        return lambda: [len(one.text) + len(other.text) for one in blocks for other in blocks]

    small, large = (calls(every_pair(facts)) for facts in sizes)
    assert large > max(small, FEW) * TIMES * SLACK


def test_more_pattern_rules_add_no_calls_where_their_words_are_not() -> None:
    import msgspec

    model = next(rule for rule in catalog.builtin() if rule.check == "pattern")
    source = Source(article(SMALL), "a.md")

    def checked(count: int) -> int:
        more = [
            msgspec.structs.replace(
                model, name=f"house-{n}", options={"match": [rf"\bqx{n}zv\w* of the\b"]}, variants={}
            )
            for n in range(count)
        ]
        settings = replace(SETTINGS, rules=catalog.RuleSet((*catalog.builtin(), *more)))
        check_source(source, settings)
        return calls(lambda: check_source(source, settings))

    few, many = checked(20), checked(200)
    assert many - few <= 180 * 6, f"{(many - few) / 180:.1f} calls for each rule that has nothing to look for"


@pytest.mark.parametrize("path", sorted(Path(medlint.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_fields_are_declared_without_strings_to_compile(path: Path) -> None:
    """Every start would compile each annotation of a field that is kept as a string: seven hundred in all."""
    text = path.read_text("utf-8")
    fields = "(NamedTuple)" in text or "msgspec.Struct" in text
    assert not (fields and "from __future__ import annotations" in text)
