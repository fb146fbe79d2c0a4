"""What the examples of the typo rules cannot show: fixes, whole pages, project words, other languages, any text at all."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from medlint import catalog, checks, engine
from medlint.checks import frames
from medlint.errors import RuleError
from medlint.facts import Facts
from medlint.finding import Finding, Safety, Severity
from medlint.fix import replaced
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source

RULES = catalog.select(catalog.builtin(), select=["typos"])


def found(text: str, rule: str = "", name: str = "a.md", **profile: object) -> list[Finding]:
    """The open findings of the typo rules, or of one of them."""
    facts = Facts(read(Source(text, name)), replace(Profile(health=True), **profile), date(2026, 11, 23))
    outcome = engine.run(facts, RULES)
    assert not outcome.crashed
    return [finding for finding in outcome.findings if not rule or finding.rule == rule]


def mended(text: str, rule: str, name: str = "a.md") -> str:
    """``text`` with the fixes of ``rule`` that may be applied."""
    fixes = [
        finding.fix for finding in found(text, rule, name) if finding.fix and finding.fix.safety is not Safety.DISPLAY
    ]
    return replaced(text, [edit for fix in fixes for edit in fix.edits])


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("misspelling", "<p>Your <b>Symtoms</b> vary.</p>", "<p>Your <b>Symptoms</b> vary.</p>"),
        ("missing-sentence-stop", "<p>It may help However, ask first.</p>", "<p>It may help. However, ask first.</p>"),
        (
            "missing-sentence-stop",
            "<p>It eases symptoms&quot; If not, call.</p>",
            "<p>It eases symptoms. If not, call.</p>",
        ),
        ("real-word-error-in-frame", "<p>A hard-to-regular mood.</p>", "<p>A hard-to-regulate mood.</p>"),
        ("mechanical-residue", "<p>Ask&nbsp;the the nurse&mdash;&mdash;now.</p>", "<p>Ask&nbsp;the nurse—now.</p>"),
        ("mechanical-residue", "<p>Don&#226;&#8364;&#8482;t wait.</p>", "<p>Don’t wait.</p>"),
        ("compound-hyphen", "<p>A life threatening illness.</p>", "<p>A life-threatening illness.</p>"),
        ("name-misspelt", "<p>You may be given ibuprofin.</p>", "<p>You may be given ibuprofen.</p>"),
    ],
)
def test_fixes_change_only_what_is_wrong(rule: str, before: str, after: str) -> None:
    assert mended(before, rule, "a.html") == after


def test_a_fix_across_markup_is_only_shown() -> None:
    (finding,) = found("<p>Other <i>th</i>en rest, nothing helps.</p>", "real-word-error-in-frame", "a.html")
    assert finding.text == "then"
    assert finding.fix is not None
    assert finding.fix.safety is Safety.DISPLAY


def test_severities_follow_the_kind() -> None:
    text = "<p>Dear {{ name }}, rest rest well––we care. Take sertaline.</p>"
    severities = {finding.text: finding.severity for finding in found(text, name="a.html")}
    assert severities["{{ name }}"] is Severity.ERROR
    assert severities["rest rest"] is Severity.WARNING
    assert severities["––"] is Severity.INFO
    assert severities["sertaline"] is Severity.ERROR


@pytest.mark.parametrize(
    ("words", "quiet"),
    [({"medicaton"}, True), ({"Medicaton"}, False), ({"medicat"}, False), ({"MEDICATON"}, False)],
)
def test_project_words_are_whole_and_heed_case_only_with_a_capital(words: set[str], quiet: bool) -> None:
    findings = found("Take your medicaton daily.", "misspelling", words=frozenset(words))
    assert (not findings) == quiet


def test_a_word_with_a_capital_is_accepted_as_it_is() -> None:
    text = "Medicaton plans are sold here."
    assert found(text, "misspelling")
    assert not found(text, "misspelling", words=frozenset({"Medicaton"}))
    assert not found(text, "misspelling", words=frozenset({"medicaton"}))


@pytest.mark.parametrize(("word", "a_term"), [("anecdotel", True), ("informaton", False)])
def test_an_unknown_word_used_often_is_a_term(word: str, a_term: bool) -> None:
    assert found(f"The {word} helps.", "misspelling")
    findings = found(f"The {word} helps.\n\nThis {word} is new.\n\nThat {word} lasts.", "misspelling")
    assert (not findings) == a_term


def test_other_languages_are_left_alone() -> None:
    spanish = "Hable con su médico antes de dejar de tomar este medicamento, porque puede tener síntomas. " * 3
    assert not found(f"<html lang='es'><p>{spanish}</p></html>", name="a.html")
    english = "Talk to your doctor before you stop this medicine, for you may feel ill. " * 6
    assert not found(f"{english}\n\n{spanish}", "misspelling")
    assert not found(f"{english}\n\n{spanish}", "real-word-error-in-frame")


def test_code_links_and_navigation_are_not_prose() -> None:
    page = "<nav>Symtoms</nav><main><p>Visit symtoms.example.org or <code>symtoms</code> for more on your health.</p></main>"
    assert not found(page, name="a.html")


def test_no_break_spaces_are_reported_once_a_page() -> None:
    page = "".join(f"<p>Rest well.&nbsp;&nbsp;Drink {n} cups.</p>" for n in ("two", "three", "four", "five"))
    (finding,) = found(page, "mechanical-residue", "a.html")
    assert finding.fix is not None
    assert len(finding.fix.edits) == 4
    assert "&nbsp;" not in mended(page, "mechanical-residue", "a.html")


def test_invisible_characters_are_found_though_the_text_has_none() -> None:
    page = "<p>Take it\u200b daily\u202e with food.</p>"
    (finding,) = found(page, "mechanical-residue", "a.html")
    assert mended(page, "mechanical-residue", "a.html") == "<p>Take it daily with food.</p>"
    assert "2 on this page" in finding.message


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("You can \u202egnikat pots\u202c it.", 2),
        ("You can &#x202E;gnikat pots&#8236; it.", 2),
        ("You can &#0008238;gnikat pots&#x202c it.", 2),
        ("You can \u2067stop\u2069 ta\u200bking it.", 3),
        ("You can stop&#8203; tak&#x2060;ing\u200f it.", 3),
        ("You can .\u202egnikat pots\u202c. \u05d0 it.", 1),
        ("You can \u05d0\u200f \u2067\u05d1\u2069 it.", 0),
        ("See www.example.org/\u200bpath.", 0),
        ("You can stop &#82030; it.", 0),
    ],
)
def test_what_turns_words_round_or_parts_them_is_found(text: str, count: int) -> None:
    for name, page in (("a.html", f"<p>{text}</p>"), ("a.md", text)):
        said = [
            finding.message for finding in found(page, "mechanical-residue", name) if "Invisible" in finding.message
        ]
        assert said == ([f"Invisible characters stand in the text ({count} on this page)."] if count else [])


def test_a_quotation_may_close_in_a_later_paragraph() -> None:
    assert not found("“It hurt.\n\n“Then it stopped,” she says.", "unbalanced-quotes-or-brackets")
    assert found("“It hurt.\n\nThen it stopped.", "unbalanced-quotes-or-brackets")


def test_a_stray_quotation_mark_at_a_missing_stop_is_reported_once() -> None:
    rules = [finding.rule for finding in found('Rest eases symptoms" If not, call us.')]
    assert rules == ["missing-sentence-stop"]


@pytest.mark.parametrize("find", ["the :nosuch [a>b]", "<n> [<v>]", "the cat", "the [cat]", "the [cat>cot|cut] sat"])
def test_a_frame_that_cannot_work_is_refused(find: str) -> None:
    with pytest.raises(RuleError):
        frames.compile_frame(frames.Frame(find), {})


@pytest.mark.parametrize(
    ("find", "text", "right"),
    [
        ("^ the? [cat>cot] $", "cat.", "cot"),
        ("^ the? [cat>cot] $", "the cat, asleep", "cot"),
        ("^ the? [cat>cot] $", "a cat.", ""),
        ("!my the [cat>cot]", "the cat", "cot"),
        ("!my the [cat>cot]", "my the cat", ""),
        ("the !cat cat|dog|hen [sat>sits] $", "the cat sat", ""),
        ("the !cat cat|dog|hen [sat>sits] $", "the dog sat", "sits"),
        ("[sat>sits] the !cat cat|dog|hen $", "sat the cat", ""),
        ("[sat>sits] the !cat cat|dog|hen $", "sat the dog", "sits"),
        ("#2 [day>days] ago", "3 day ago", "days"),
        ("#2 [day>days] ago", "1 day ago", ""),
        ("[a>an] ~vowel", "a apple", "an"),
        ("[a>an] ~vowel", "a union", ""),
        ("to [<=t>] the", "to took the", ""),
    ],
)
def test_frames_match_as_they_are_written(find: str, text: str, right: str) -> None:
    ready = frames.compile_frame(frames.Frame(find, near="v" if "<" in find else ""), {})
    tokens = [token for token in text.replace(",", " ,").replace(".", " .").split() if token]
    matches = [
        frames.match(ready, tokens, place)
        for place in range(len(tokens))
        if tokens[place] in ready.elements[ready.anchor].words
    ]
    assert [found.replacement for found in matches if found] == ([right] if right or "<" in find else [])


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_a_text_of_ascii_is_cut_into_words_and_marks_as_any_other(text: str) -> None:
    assert frames._ASCII_TOKEN.findall(text) == frames._TOKEN.findall(text)


WORDS = st.sampled_from(
    "the a an to of you your it its if is are was can should not able need want than then that form from sever breath "
    'between both either range rest help symptoms symtoms patients patient World Health Heath Organization Dr. " “ ” ( ) [ ] . , - ––'.split()
)


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=300))
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    for name in ("a.md", "a.html"):
        for finding in found(text, name=name):
            assert 0 <= finding.span.start <= finding.span.end <= len(text)


@pytest.mark.hostile
@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "to the to the " * 8_000,
        "the the " * 20_000,
        "( " * 20_000,
        "“ " * 20_000,
        "World Heath " * 10_000,
        "hypertension (low blood pressure. " * 2_000,
        "between poor sleep, which " * 4_000,
        " ".join(f"qzx{number:x}y".translate(str.maketrans("0123456789", "ghijklmnop")) for number in range(8_000)),
        "a\u00a0\u00a0" * 20_000,
    ],
    ids=[
        "one word",
        "surplus",
        "doubled",
        "brackets",
        "quotes",
        "names",
        "mix-ups",
        "correlatives",
        "unknown",
        "spaces",
    ],
)
def test_crafted_text_costs_no_more_than_its_length(text: str) -> None:
    facts = Facts(
        read(Source(f"Talk to your doctor about your health.\n\n{text}", "a.md")),
        Profile(health=True),
        date(2026, 11, 23),
    )
    started = process_time()
    for rule in RULES.rules:
        for _ in checks.load(rule.check).run(facts, rule, RULES.options(rule)):
            pass
    assert process_time() - started < 8
