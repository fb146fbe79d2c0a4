"""What users of other linters complain of, where no other test keeps it out. ``docs/peers.md`` has the whole list."""

from __future__ import annotations

import re
from datetime import date

import pytest

from medlint import catalog
from medlint.catalog import RuleSet
from medlint.pipeline import Settings, check_source
from medlint.profile import Profile
from medlint.rule import Rule
from medlint.source import Source
from tests.rules import pattern_rule

TODAY = date(2026, 11, 23)
ODD = RuleSet([pattern_rule("odd-word", "zyzzyva")])


def found(text: str, name: str, rules: RuleSet = ODD) -> list[str]:
    report = check_source(Source(text, name), Settings(rules, Profile(health=True), TODAY))
    return [finding.text for finding in report.findings if finding.category != "self"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "Run `zyzzyva` now."),
        ("a.md", "Text.\n\n```\nzyzzyva\n```\n"),
        ("a.md", "Text.\n\n    zyzzyva indented\n"),
        ("a.md", "See [the page](https://example.org/zyzzyva) and <https://example.org/zyzzyva>."),
        ("a.md", "A [link][zyzzyva].\n\n[zyzzyva]: https://example.org/zyzzyva\n"),
        ("a.md", '<div class="zyzzyva" id="zyzzyva">Text.</div>\n'),
        ("a.md", "<!-- zyzzyva -->\n\nText.\n"),
        ("a.md", "---\nlayout: zyzzyva\n---\n\nText.\n"),
        ("a.md", "{{< zyzzyva >}}\n\n{% zyzzyva %}\n\nText.\n"),
        (
            "a.html",
            "<p>Run <code>zyzzyva</code>, <kbd>zyzzyva</kbd> or <samp>zyzzyva</samp>.</p><pre><code>zyzzyva</code></pre>",
        ),
        ("a.html", '<p class="zyzzyva" data-x="zyzzyva">See <a href="/zyzzyva">the page</a>.</p>'),
        ("a.html", "<p>Text.</p><script>var zyzzyva</script><style>.zyzzyva {}</style><!-- zyzzyva -->"),
        (
            "a.html",
            "<p>Text.</p><template>zyzzyva</template><p>www.example.org/zyzzyva and zyzzyva@example.org</p>",
        ),
    ],
)
def test_code_addresses_attributes_and_markup_are_not_prose(name: str, text: str) -> None:
    assert not found(text, name)
    words = text.replace("zyzzyva", "word")
    assert found(f"{words}\n\n<p>A zyzzyva.</p>\n", name) == ["zyzzyva"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "![A zyzzyva on a leaf](leaf.png)\n\nText.\n"),
        ("a.md", "| Beetle |\n| --- |\n| zyzzyva |\n"),
        ("a.md", "> A zyzzyva.\n"),
        ("a.md", "- one\n- a **zyz**zyva\n"),
        ("a.html", '<p>Text.</p><img src="leaf.png" alt="A zyzzyva on a leaf">'),
        ("a.html", "<figure><img src='x.png' alt=''><figcaption>A zyzzyva.</figcaption></figure>"),
        ("a.html", "<p>A zyz<em>zyva</em>.</p>"),
        ("a.html", "<p>A z&#121;zzyva.</p>"),
    ],
)
def test_what_patients_see_is_prose(name: str, text: str) -> None:
    assert found(text, name) == ["zyzzyva"]


ORDINARY = """# Having an abortion after rheumatology treatment

The disabled toilet is next to the special care baby unit. Soap kills bacteria, and a heart attack needs an ambulance.

The test was executed by a technician in the abnormal cells lab. An invalid result means that the test failed, not you. Black
patients and white patients may notice different skin changes. A hit on the head can cause a concussion; a blow to the chest rarely does.

Colour-blind people can ask for another chart. A dummy or pacifier is fine. The master copy of the consent form stays on the ward. Normal
skin heals. Males and females take the same dose of paracetamol. The insane root is a plant. Old people fall more often than young ones.

Ankylosing spondylitis, sarcoidosis, hidradenitis suppurativa and polymyalgia rheumatica are treated with adalimumab, methotrexate
or colchicine. Dr Okonkwo-Bjørnsdóttir of Llanfairpwll and Ms Nguyễn run the clinic in Ouagadougou. See NICE NG100, HbA1c and eGFR.
"""


def test_ordinary_words_of_medicine_are_nobodys_mistake() -> None:
    """General word lists flag these: disabled, special, executed, abortion, kill, attack, black, dummy, master."""
    categories = ("typos", "stigma", "suicide", "claims", "structure")
    rules = catalog.select(catalog.builtin(), select=categories, preview=True)
    assert not found(ORDINARY, "a.md", rules)
    paragraphs = "".join(f"<p>{part}</p>\n" for part in ORDINARY.split("\n\n")[1:])
    assert not found(f"<h1>Treatment</h1>\n{paragraphs}", "a.html", rules)


PUBLISHED = [rule for rule in catalog.builtin() if rule.category != "self"]


@pytest.mark.parametrize("rule", PUBLISHED, ids=lambda rule: rule.name)
def test_messages_say_the_problem_and_the_action_and_do_not_preach(rule: Rule) -> None:
    texts = [rule.summary, rule.message, rule.advice, rule.why]
    texts += [text for variant in rule.variants.values() for text in (variant.message, variant.advice) if text]
    for text in texts:
        own = re.sub(r"[“\"].*?[”\"]", "", text)  # what is quoted is somebody else's
        assert not re.search(
            r"!|\b(?:please|simply|obviously|of course|shame|careless|lazy|you must|you should)\b", own, re.I
        )
        assert re.search(r"(?:[.?]|[.?][”\"]|\{\w+\})$", text.strip()), text
    assert rule.advice != rule.message
    assert rule.sources
    assert all(source.publisher and source.accessed for source in rule.sources)


def test_a_preview_rule_runs_only_when_asked_for() -> None:
    rules = [pattern_rule("odd-word", "zyzzyva"), pattern_rule("odd-beetle", "beetle")]
    rules[1] = Rule(**{**{f: getattr(rules[1], f) for f in rules[1].__struct_fields__}, "status": "preview"})
    names = [rule.name for rule in catalog.select(rules).rules]
    assert names == ["odd-word"]
    assert len(catalog.select(rules, preview=True).rules) == 2
    assert [rule.name for rule in catalog.select(rules, select=["odd-beetle"]).rules] == ["odd-beetle"]
