"""What the examples of the rules cannot show: fixes, snippets, audiences, and whole articles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint import catalog, engine
from medlint.facts import Facts
from medlint.finding import Finding, Safety, Severity
from medlint.fix import replaced
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source

HEALTH = Profile(health=True)
RULES = catalog.select([rule for rule in catalog.builtin() if rule.category in ("crisis", "disclaimer", "suicide")])

ARTICLE = """# Feeling flat

Many people feel flat after a hard year. Some describe a glass wall between them and the world, and they may turn to
self-harm to feel anything at all.

## Where it comes from

Stress, grief and some medicines can flatten feelings. {filler}

## What helps

Walk every day, sleep at fixed hours and see friends. {filler}

## When to see someone

If it lasts for weeks, see a psychiatrist. {filler}

This page is for information only and is no substitute for medical advice. If you may be in danger, call 911 or the
National Suicide and Crisis Lifeline at 988 right away.
""".format(filler="It takes time, and small steps count for more than great plans. " * 12)


def check(text: str, *, name: str = "a.md", profile: Profile = HEALTH, language: str = "en") -> engine.Outcome:
    document = read(Source(text, name))
    document.language = document.language or language
    outcome = engine.run(Facts(document, profile, date(2026, 11, 23)), RULES)
    assert not outcome.crashed, outcome.findings
    return outcome


def found(outcome: engine.Outcome, rule: str) -> Finding:
    (finding,) = [finding for finding in outcome.findings if finding.rule == rule]
    return finding


def test_a_whole_article_says_each_thing_once() -> None:
    outcome = check(ARTICLE)
    assert sorted((finding.rule, finding.text) for finding in outcome.findings) == [
        ("crisis-line-access-incomplete", "988"),
        ("crisis-line-buried", "988"),
        ("crisis-line-misnamed", "National Suicide and Crisis Lifeline"),
    ]
    assert ARTICLE[slice(*found(outcome, "crisis-line-buried").related[0].span)] == "self-harm"


def test_the_name_is_mended_and_nothing_else() -> None:
    fix = found(check(ARTICLE), "crisis-line-misnamed").fix
    assert fix is not None
    assert fix.safety is Safety.SAFE
    mended = replaced(ARTICLE, fix.edits)
    assert mended == ARTICLE.replace("National Suicide and Crisis Lifeline", "988 Suicide & Crisis Lifeline")
    assert not any(finding.rule == "crisis-line-misnamed" for finding in check(mended).findings)


def test_a_name_across_markup_is_shown_and_not_mended() -> None:
    html = "<p>Call the National <b>Suicide</b> Hotline at <a href='tel:988'>988</a>.</p>"
    fix = found(check(html, name="a.html"), "crisis-line-misnamed").fix
    assert fix is not None
    assert fix.safety is Safety.DISPLAY


def test_the_project_own_text_is_inserted_before_the_first_paragraph() -> None:
    text = "---\ntitle: Flat\n---\n\nSome people think of suicide.\n"
    profile = Profile(health=True, snippets={"crisis-line": "Call or text 988.", "disclaimer": "Not medical advice."})
    fix = found(check(text, profile=profile), "crisis-line-missing").fix
    assert fix is not None
    assert fix.safety is Safety.UNSAFE
    assert replaced(text, fix.edits) == "---\ntitle: Flat\n---\n\nCall or text 988.\n\nSome people think of suicide.\n"


def test_nothing_is_made_up() -> None:
    html = "<main><h1>Flat</h1><p>Some people think of suicide.</p></main>"
    profile = Profile(health=True, snippets={"crisis-line": ""})
    assert found(check(html, name="a.html", profile=profile), "crisis-line-missing").fix is None


def test_plain_text_becomes_a_paragraph_in_html() -> None:
    html = "<main><h1>Flat</h1><p>Some people think of suicide.</p></main>"
    profile = Profile(health=True, snippets={"crisis-line": "Call or text 988 & stay on the line."})
    fix = found(check(html, name="a.html", profile=profile), "crisis-line-missing").fix
    assert fix is not None
    assert "<p>Call or text 988 &amp; stay on the line.</p>" in replaced(html, fix.edits)


def test_a_disclaimer_in_another_language_is_not_judged() -> None:
    outcome = check("Dieser Text handelt von Diabetes. " * 60, language="de")
    assert not any(finding.rule.startswith("disclaimer") for finding in outcome.findings)
    assert {doubt.rule for doubt in outcome.undetermined} >= {"disclaimer-missing"}


def test_distress_in_another_language_is_not_judged() -> None:
    outcome = check("Dieser Text handelt von der Stimmung. " * 60, language="de")
    assert "crisis-line-missing" in {doubt.rule for doubt in outcome.undetermined}


def test_distress_that_is_read_is_judged_in_any_language() -> None:
    outcome = check("Dieser Text handelt von der Stimmung. " * 60 + "Self-harm is common.", language="de")
    assert found(outcome, "crisis-line-missing").text == "Self-harm"
    assert "crisis-line-missing" not in {doubt.rule for doubt in outcome.undetermined}
    assert not check("# Suicide\n\nIt can be prevented.").undetermined
    assert not check("# Sleep\n\nIt helps.").undetermined


def test_three_places_that_need_a_line_are_named() -> None:
    text = "# Mood\n\nSome think of suicide. Others self-harm. Suicide can be prevented. Many self-harm."
    missing = found(check(text), "crisis-line-missing")
    assert [text[slice(*place.span)] for place in (missing, *missing.related)] == ["suicide", "self-harm", "Suicide"]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Call or text 988.", False),
        ("Call the 988 Suicide & Crisis Lifeline at 988.", False),
        ("If you think of harming yourself, call or text 988.", True),
        ("In a crisis, call or text 988.", True),
    ],
)
def test_a_line_far_from_its_place_should_say_for_whom_it_is(sentence: str, named: bool) -> None:
    far = "Walk every day, sleep at fixed hours and see friends. " * 15
    text = f"# Numb\n\nNumbness may lead to self-harm.\n\n## Sleep\n\n{far}\n\n## Walks\n\n{far}\n\n## Help\n\n{far}\n\n{sentence}\n"
    buried = found(check(text), "crisis-line-buried")
    places = [text[slice(*place.span)] for place in buried.related]
    assert places == ["self-harm"] if named else places == ["self-harm", sentence]


def test_a_country_that_the_table_does_not_know_is_no_reason_to_doubt_a_number() -> None:
    outcome = check("In danger, call 911. If you think of suicide, call or text 988.", language="en-PH")
    assert not any(finding.rule == "crisis-or-emergency-locale-mismatch" for finding in outcome.findings)


@pytest.mark.parametrize(("language", "own"), [("en-GB", "999"), ("en-AU", "000"), ("en-NZ", "111")])
def test_the_emergency_number_to_give_is_the_one_for_an_ambulance(language: str, own: str) -> None:
    mismatch = found(check("If in danger, call 911.", language=language), "crisis-or-emergency-locale-mismatch")
    assert mismatch.advice == f"Give {own}."


def test_a_line_that_answers_is_named_in_place_of_a_closed_one() -> None:
    closed = found(check("Call the NEDA helpline at 800-931-2237."), "crisis-service-closed")
    assert "(ANAD Eating Disorders Helpline, 1-888-375-7767)" in closed.advice


@pytest.mark.parametrize(
    ("html", "rule", "safety", "mended"),
    [
        ("<p>Call 1-800-273-8255.</p>", "crisis-number-superseded", Safety.DISPLAY, "<p>Call 988.</p>"),
        ("<p>Text HELLO to 741741.</p>", "crisis-number-malformed", Safety.UNSAFE, "<p>Text HOME to 741741.</p>"),
        ("<p>Text <b>HE</b>LP to 741741.</p>", "crisis-number-malformed", Safety.DISPLAY, "<p>Text <b>HOME to 741741.</p>"),
    ],
)  # fmt: skip
def test_what_would_mend_a_number_is_shown(html: str, rule: str, safety: Safety, mended: str) -> None:
    fix = found(check(html, name="a.html"), rule).fix
    assert fix is not None
    assert (fix.safety, replaced(html, fix.edits)) == (safety, mended)


def test_no_number_is_put_in_place_of_a_site() -> None:
    html = '<p>Visit <a href="https://suicidepreventionlifeline.org/talk">the Lifeline</a>.</p>'
    assert found(check(html, name="a.html"), "crisis-number-superseded").fix is None


def test_a_line_that_nothing_calls_for_is_not_far_from_anything() -> None:
    brush = "Brush twice a day, floss once, and see a dentist every six months for a check. " * 25
    text = f"# Teeth\n\nBulimia can wear down the enamel.\n\n## Brush\n\n{brush}\n\n## Floss\n\n{brush}\n\n## Help\n\nCall or text 988."
    assert not _said(text, "crisis-line-buried")
    assert _said(text.replace("Bulimia", "Bulimia (an eating disorder)"), "crisis-line-buried")


def test_one_place_shows_the_subject_that_has_no_line() -> None:
    text = "# Bulimia\n\n## Life with bulimia\n\nIt harms the heart.\n\n## Help\n\nCall or text 988."
    (wrong,) = _said(text, "crisis-line-wrong-topic")
    assert [text[slice(*place.span)] for place in wrong.related] == ["Bulimia"]


def test_a_page_that_is_not_about_health_needs_no_disclaimer() -> None:
    assert not check("Pay the rent by the first of the month. " * 60, profile=Profile(health=False)).findings


def test_a_topic_in_passing_warns_and_a_subject_is_an_error() -> None:
    passing = "The lake is deep and cold all year. " * 200 + "Suicide was rare in that century."
    assert found(check(passing), "crisis-line-missing").severity is Severity.WARNING
    assert found(check("# Suicide\n\nIt can be prevented."), "crisis-line-missing").severity is Severity.ERROR


@settings(max_examples=40)
@given(st.text(alphabet=st.sampled_from("call text 988 suicide not medical advice 911.\n#*<p>&;-'"), max_size=200))
def test_any_text_is_checked(text: str) -> None:
    for name in ("a.md", "a.html"):
        check(text, name=name)


def _said(text: str, *rules: str, name: str = "a.md") -> list[Finding]:
    facts = Facts(read(Source(text, name)), HEALTH, date(2026, 11, 23))
    return [found for found in engine.run(facts, RULES).findings if found.rule in rules]


def _lacking(text: str, strict: bool) -> str:
    """What the message says that the disclaimer in ``text`` lacks."""
    options = {"disclaimer-incomplete": {"strict": strict}}
    rules = catalog.select(catalog.builtin(), select=["disclaimer-incomplete"], options=options)
    (finding,) = engine.run(Facts(read(Source(text, "a.md")), HEALTH, date(2026, 11, 23)), rules).findings
    return finding.message.removeprefix("The disclaimer does not say ").removesuffix(".")


@pytest.mark.parametrize(
    ("text", "strict", "lacking"),
    [
        ("This is not medical advice.", False, "that the page is for information, or whom to ask"),
        ("For information only, not medical advice.", True, "whom to ask and not to put off seeking care"),
        (
            "This is not medical advice. Ask a GP.",
            True,
            "that the page is for information and not to put off seeking care",
        ),
        ("For information only, not medical advice. Ask a GP.", True, "not to put off seeking care"),
        (
            "This is not medical advice. Never delay seeking care.",
            True,
            "that the page is for information, or whom to ask",
        ),
        (
            "# Stroke\n\nFor information only, not medical advice.",
            True,
            "whom to ask, not to put off seeking care and what to do in an emergency",
        ),
    ],
)
def test_what_a_disclaimer_lacks_is_listed(text: str, strict: bool, lacking: str) -> None:
    assert _lacking(text, strict) == lacking


def test_one_link_that_is_no_disclaimer_is_named_with_its_words() -> None:
    footer = '<footer><a href="/a">Disclaimers</a> <a href="/b">Legal disclaimer</a></footer>'
    html = f"<main><h1>Asthma</h1><p>{'Most people breathe well on an inhaler. ' * 30}</p></main>{footer}"
    (missing,) = _said(html, "disclaimer-missing", name="a.html")
    assert [html[slice(*place.span)] for place in missing.related] == ["Disclaimers"]


def test_a_picture_that_links_to_a_disclaimer_is_shown_where_it_stands() -> None:
    html = (
        '<main><h1>Asthma</h1><p>Breathe.</p><p><a href="/d"><img src="d.png" alt="Medical disclaimer"></a></p></main>'
    )
    (elsewhere,) = _said(html, "disclaimer-not-in-article", name="a.html")
    assert html[slice(*elsewhere.span)] == '<a href="/d">'


def _of_words(count: int) -> str:
    """An article on health with ``count`` words below its title."""
    words = "Most people with asthma breathe well on an inhaler and sleep through the night without symptoms".split()
    return "# Living with asthma\n\n" + " ".join(words[i % len(words)] for i in range(count)) + ".\n"


def test_an_article_owes_a_disclaimer_from_150_words_on() -> None:
    short, enough = ({f.rule for f in _said(_of_words(count), "disclaimer-missing")} for count in (149, 150))
    assert not short and enough


def test_a_contradicted_disclaimer_does_not_hide_that_one_is_missing_and_a_garbled_one_does() -> None:
    article = _of_words(200)
    garbled = article + "\nThis article is not a substitute for not seeing a doctor or medical advice.\n"
    assert _said(article, "disclaimer-missing")
    flawed = _said(garbled, "disclaimer-missing", "disclaimer-garbled-or-contradicted")
    assert {found.rule for found in flawed} <= {"disclaimer-garbled-or-contradicted"}


def test_a_block_that_only_links_to_distress_is_no_topic_and_one_that_links_a_word_is() -> None:
    filler = "Stretching in the morning helps most people with a stiff back. " * 40
    links = f"# Back pain\n\n{filler}\n\n[Help with suicidal thoughts](https://example.org/help)\n"
    speaks = (
        f"# Back pain\n\n{filler}\n\nIf you have [suicidal thoughts](https://example.org/help), tell somebody today.\n"
    )
    assert not _said(links, "crisis-line-missing")
    assert _said(speaks, "crisis-line-missing")
