"""What is a medical disclaimer of the page, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.facts.disclaimer import Disclaimer, Part, Place, find
from medlint.facts.visibility import Visibility
from medlint.readers import read
from medlint.source import Source


def disclaimer(text: str, name: str = "a.md") -> Disclaimer:
    document = read(Source(text, name))
    return find(document, Visibility(document))


@pytest.mark.parametrize(
    "text",
    [
        "This article is not a substitute for professional medical advice, diagnosis or treatment.",
        "The information here is for education only and should never be substituted for medical advice.",
        "Our clinic's blog does not provide medical advice.",
        "This page gives basic facts. It should not be used as a guide when making medical decisions.",
        "We share this leaflet for your information. It is not intended to substitute for the medical expertise and advice of your care team.",
        "This is not medical advice.",
        "This page explains care at our clinics. It is general education and does not replace a consultation.",
        "It is only general guidance and is no substitute for your doctor's advice.",
        "This information cannot replace an in-person examination.",
        "Not medical advice.",
        "General tips, not medical advice.",
        "This article is for general information and does not replace advice from your doctor.",
        "Nothing here is a substitute for professional medical care; ask a pharmacist if unsure.",
        "Nothing on this site should be construed as medical advice.",
        "The content of this blog isn't meant to replace a visit to your GP.",
        "Articles published in our journal should not be deemed a suitable substitute for the advice of a qualified health care professional.",
        "This website is not intended to take the place of medical advice and treatment from your personal physician.",
        "None of the content above should be used to take the place of medical advice.",
        "Do not use this health content instead of professional health care.",
        "You should not rely on this information as an alternative to medical advice from your doctor.",
        "This guide does not diagnose, treat, or replace the advice of a licensed medical professional.",
        "This information is general and can’t replace talking with your own doctor.",
        "This tool is not a substitute for medical, psychiatric, legal or financial advice.",
        "This is general information, not medical or nursing advice.",
        "The material on these pages must not be used to diagnose or treat any condition.",
        "This resource is no replacement for seeing a health professional.",
        "**Disclaimer:** Not intended as a substitute for care from your own clinician.",
        "These tips do not constitute medical advice.",
        "Information on this site does not constitute professional medical advice.",
        "This leaflet cannot replace the individual advice your midwife gives you.",
        "The information is not a substitute for:\n\n- medical advice\n- diagnosis\n- treatment",
        "Our writers are not doctors. Their stories are not intended to be medical advice.",
        "This page should not be used during a medical emergency.",
        "The facts above are not a replacement for an examination by your doctor.",
        "Our content does not constitute a medical or psychological consultation.",
        "The material here is not to be used for medical advice, diagnosis or treatment.",
        "What you read here should not be relied upon as medical advice.",
        "This article is not legal advice, nor is it intended to be medical advice.",
        "You should not use this information to diagnose or treat a health problem.",
        "Content on this site is for information and is not intended to replace advice from your GP.",
        "The views in this column should not be considered a substitute for a physician's advice.",
        "We are not engaged in rendering medical advice.",
        "This leaflet gives information, not advice.",
        "The content of this site is not intended to, and does not, amount to advice on which you should rely.",
        "This text is not intended to be, nor should it be, interpreted as medical advice.",
        "Our editors are unable to give medical advice.",
        "This page is general. You should not rely on it to make decisions about your health.",
        "Do not rely on this article for medical advice.",
        "Our page about ringworm is not a substitute for the advice of a vet.",
        "All information is for educational purposes only. For specific medical advice, diagnoses and treatment, consult your doctor.",
        "Nothing in this short post is meant to treat or diagnose any disease.",
        "This article is not professional advice concerning the diagnosis or treatment of any condition.",
        "This page is no substitute for professional legal advice, and it does not replace a visit to your doctor.",
        "Testimonials are not a substitute for professional medical advice.",
        "These statements have not been evaluated by the FDA. This page is no substitute for medical advice.",
        "Our leaflets hold general information.\n\nThey are not intended to replace a visit to your GP.",
        "This page is no substitute for:\n\n- medical advice\n- sleep",
        "This app does not replace legal advice and does not replace the advice of your doctor.",
    ],
)
def test_says_it_is_no_substitute(text: str) -> None:
    assert disclaimer(text).present, text


@pytest.mark.parametrize(
    "text",
    [
        "These statements have not been evaluated by the Food and Drug Administration. This product is not intended to diagnose, treat, cure, or prevent any disease.",
        "The information and products on this site are not intended to diagnose, treat, cure or prevent any disease, and the FDA has not evaluated them.",
        "A sugar substitute is not a treatment for diabetes.",
        "Meal replacement shakes are not a substitute for seeing a dietitian.",
        "Hormone replacement therapy is not right for everyone; ask your doctor.",
        "After a joint replacement you may not need professional care at home.",
        "Results may vary.",
        "Sunglasses are not a substitute for sunscreen.",
        "This page is not legal advice, nor a substitute for professional legal advice.",
        "Nothing here is investment advice.",
        "Do not stop taking your tablets without medical advice.",
        "Aspirin should not be given to children without medical advice.",
        "Never ignore medical advice.",
        "Do not disregard or avoid professional medical advice.",
        "Do not use meditation to replace conventional care or to put off seeing your doctor.",
        "Home tests are not a substitute for seeing a doctor.",
        "Some people want information, not advice.",
        "For specific medical advice about travel, consult your doctor.",
        "Do not rely on friends for medical advice.",
        "You should not rely on it to make decisions about your health.",
        "“This guide is no replacement for a visit to your doctor,” said Dr. Ada Lim.",
        "He said the app is no replacement for medical care.",
        "Dr Ada Lim says this app is no substitute for medical advice.",
        "We are not able to give refunds; for medical advice, call your GP.",
        "Herbal tea should never replace treatment that your doctor has prescribed.",
        "It is a gentle massage. It does not replace medical treatment.",
        "Is this page a substitute for medical advice?",
        "Talk to your doctor before you start.",
        "A nurse can give you medical advice on the phone.",
        "Medical advice should always come before anything you read here.",
        "We use cookies. They are not needed to provide this service.",
        "Low-fat milk is not an alternative to breast milk.",
        "You may not need treatment. If you do, your doctor will give you advice.",
        "Isn't this page a substitute for medical advice?",
        "# This is not medical advice\n\nA comedy in three acts.",
        "![This is not medical advice](poster.png)",
        "Home tests do not replace advice from our doctors.",
        "Our leaflets are free. Herbal tea is no substitute for treatment by your doctor.",
        "A home test does not replace a consultation.",
        "Melatonin is general knowledge by now, and no substitute for a visit to your doctor.",
        "Our information is free.\n\nA massage is gentle.\n\nIt does not replace treatment by your doctor.",
        "It does not replace treatment by your doctor.\n\nA massage is gentle.\n\nOur information is free.",
        "This page is no substitute for sleep.\n\n- Medical advice from your doctor\n- Rest",
        "This page is no substitute for\n\nMedical advice from your doctor is best.",
        'Our motto is: "This page is no substitute for sleep." Read on\n\n- Medical advice from your doctor\n- Rest',
    ],
)
def test_look_alikes_are_no_disclaimers(text: str) -> None:
    assert not disclaimer(text).statements, text


def test_parts_are_read_within_one_window_across_paragraphs() -> None:
    text = (
        "For general information only.\n\nThis is not a substitute for medical advice.\n\n"
        "Always ask your doctor.\n\nNever delay seeking help.\n\nIn an emergency call 999."
    )
    best = disclaimer(text).best
    assert best is not None
    assert best.parts == set(Part)


_AIM, _SAYS, _WHOM = "For information only.", "This is not medical advice.", "Ask your doctor."


def _parts(text: str, name: str = "a.md") -> frozenset[Part]:
    best = disclaimer(text, name).best
    assert best is not None
    return best.parts - {Part.SUBSTITUTE}


def _apart(*words: str, length: int) -> str:
    """``words`` one after another, each in a sentence, with ``length`` characters from the first one's aim on."""
    filler = "walking " * 100
    short = sum(map(len, words)) + len(words) - 1
    rest = length - short - 1
    return " ".join((words[0], filler[:rest].strip().ljust(rest, "g"), *words[1:]))


@pytest.mark.parametrize("blocks", [" ", "\n\n"])
@pytest.mark.parametrize(("too_far", "extra"), [(False, 0), (True, 1)])
def test_a_window_is_500_characters_from_the_first_part_to_the_last(blocks: str, too_far: bool, extra: int) -> None:
    # From "information" to the last letter of "advice", and from "not" to the last letter of "doctor".
    before = _apart(_AIM, _SAYS, length=500 + len("For ") + len(".") + extra)
    after = _apart(_SAYS, _WHOM, length=500 + len("This is ") + len(".") + extra)
    both = _apart(_AIM, f"{_SAYS} {_WHOM}", length=500 + len("For ") + len(".") + extra)
    for text, parts in (
        (before, {Part.INFORMATION}),
        (after, {Part.CONSULT}),
        (both, {Part.INFORMATION, Part.CONSULT}),
    ):
        for sentence in (_SAYS, _WHOM):
            text = text.replace(f" {sentence}", blocks + sentence)
        found = _parts(f"Walk far.{blocks}{text}{blocks}Rest.")
        assert len(found) == len(parts) - too_far, text


def test_what_stands_elsewhere_on_the_page_is_no_part() -> None:
    html = f"<main><p hidden>{_AIM}</p><p>{_SAYS}</p></main><footer><p>{_WHOM}</p></footer>"
    assert not _parts(html, "a.html")
    html = f"<div class='banner'>{_WHOM}</div><main><p>Walk far.</p></main><footer><p>{_SAYS}</p></footer>"
    assert not _parts(html, "a.html")


def test_what_is_hidden_or_short_does_not_part_what_stands_together() -> None:
    between = "<p>Walk.</p>" * 10 + "<p hidden>Sleep.</p>"
    html = f"<main><p>{_AIM}</p>{between}<p>{_SAYS}</p>{between}<p>{_WHOM}</p>{between * 2}</main>"
    assert _parts(html, "a.html") == {Part.INFORMATION, Part.CONSULT}


def test_what_a_footer_points_back_to_stands_in_the_footer() -> None:
    own, ours = "<p>It does not replace treatment by your doctor.</p>", "<p>Our information is free.</p>"
    assert disclaimer(f"<main><p>Walk far.</p></main><footer>{ours}{own}</footer>", "a.html").statements
    assert not disclaimer(f"<main><p>Walk far.</p>{ours}</main><footer>{own}</footer>", "a.html").statements


def test_notices_and_emergencies_are_of_the_article() -> None:
    say = "<p>Walk.</p><p>For information only.</p><p>In an emergency, call 999.</p>"
    own = disclaimer(f"<main><p>Walk.</p>{say}</main>", "a.html")
    hidden = disclaimer(f"<main><p>Walk.</p><div hidden>{say}</div></main>", "a.html")
    elsewhere = disclaimer(f"<main><p>Walk.</p></main><footer>{say}</footer>", "a.html")
    assert len(own.notices) == 1 and own.emergency
    assert not (hidden.notices or hidden.emergency or elsewhere.notices or elsewhere.emergency)


def test_the_words_read_along_from_a_list_are_no_part_of_the_span() -> None:
    text = "This page is no substitute for:\n\n- medical advice\n"
    (statement,) = disclaimer(text).statements
    assert text[slice(*statement.span)] == "This page is no substitute for:"


def test_parts_far_away_do_not_count() -> None:
    padding = "Walking is good for the heart and for the mood. " * 20
    best = disclaimer(f"For information only.\n\n{padding}\n\nThis is not medical advice.").best
    assert best is not None
    assert best.parts == {Part.SUBSTITUTE}


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ("<main><p>This page is not medical advice.</p></main>", Place.ARTICLE),
        ("<main><p>Text.</p></main><footer><p>This page is not medical advice.</p></footer>", Place.PAGE),
        ("<main><details><summary>Notice</summary><p>This page is not medical advice.</p></details></main>", Place.CLOSED),
        ("<main><details open><summary>Notice</summary><p>This page is not medical advice.</p></details></main>", Place.ARTICLE),
        ("<main><details><summary>This page is not medical advice.</summary><p>More.</p></details></main>", Place.ARTICLE),
        ("<main><p hidden>This page is not medical advice.</p></main>", Place.HIDDEN),
        ("<main><p style='display:none'>This page is not medical advice.</p></main>", Place.HIDDEN),
        ("<main><button aria-controls='n'>Notice</button><div id='n' hidden>This page is not medical advice.</div></main>", Place.CLOSED),
    ],
)  # fmt: skip
def test_place(html: str, place: Place) -> None:
    found = disclaimer(f"<body>{html}</body>", "a.html")
    assert [statement.place for statement in found.statements] == [place]
    assert found.present is (place is not Place.HIDDEN)


@pytest.mark.parametrize(
    ("box", "present"),
    [
        ("section class='comments'", False),
        ("div class='related'", False),
        ("aside class='related'", True),
        ("aside", True),
    ],
)
def test_what_readers_and_other_articles_say_is_no_disclaimer(box: str, present: bool) -> None:
    prose = "<p>Rest until the fever has gone; most people feel better within a week of that, and drink enough.</p>" * 3
    found = disclaimer(
        f"<body><main>{prose}</main><{box}><p>This page is not medical advice.</p></{box.split()[0]}></body>", "a.html"
    )
    assert found.present is present


def test_a_link_is_no_disclaimer() -> None:
    found = disclaimer(
        "<main><p>Text.</p></main><footer><a href='/d'>Medical disclaimer</a> <a href='/x'>Disclaimers</a></footer>",
        "a.html",
    )
    assert not found.present
    assert [link.text for link in found.links] == ["Medical disclaimer"]
    assert [link.text for link in found.vague_links] == ["Disclaimers"]


def test_a_link_that_nobody_sees_or_that_leads_elsewhere_is_none() -> None:
    html = "<main><p hidden><a href='/d'>Medical disclaimer</a></p><p><a href='/m'>Medical records</a></p><p><a href='/e'><img alt='Medical disclaimer'></a></p></main>"
    found = disclaimer(html, "a.html")
    assert [link.url for link in found.links] == ["/e"]
    assert not found.vague_links


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This guide is a substitute for professional medical advice.", "affirmed"),
        ("This page should not be used as anything but a substitute for medical advice.", "doubled"),
        ("Medical advice is not a substitute for this article.", "reversed"),
        ("This is not medical advice.\n\nOur experts advise you to stop your tablets.", "contradicted"),
        ("This is not medical advice.\n\nOur doctors give you medical advice every week.", "contradicted"),
        ('Our "gentle" team says this page is a substitute for medical advice.', "affirmed"),
        (
            "This is not medical advice.\n\nThis page gives you medical advice and is not anything but a substitute for butter.",
            "contradicted",
        ),
        (
            "This is not medical advice.\n\n"
            "This page gives you medical advice, and it is not true that this guide is a substitute for medical advice.",
            "contradicted",
        ),
    ],
)
def test_flaws(text: str, kind: str) -> None:
    assert [flaw.kind for flaw in disclaimer(text).flaws] == [kind]


def test_what_is_garbled_is_no_disclaimer() -> None:
    assert not disclaimer("This page should not be used as anything but a substitute for medical advice.").statements


def test_only_the_article_can_garble_its_disclaimer() -> None:
    garbled = "<p>This guide is a substitute for medical advice.</p>"
    assert disclaimer(f"<main><p>Walk.</p>{garbled}</main>", "a.html").flaws
    assert not disclaimer(f"<main><p>Walk.</p></main><footer>{garbled}</footer>", "a.html").flaws
    assert not disclaimer(f"<main><p>Walk.</p><div hidden>{garbled}</div></main>", "a.html").flaws


@pytest.mark.parametrize(
    "text",
    [
        "This guide is not a substitute for professional medical advice.",
        "At no point is this guide a substitute for medical advice.",
        "Medical advice should always come before anything you read here.",
        "Some sites claim that “this page is a substitute for medical advice”.",
        "Our psychiatrists can prescribe medication.",
        "This is not medical advice.\n\nOur doctors can prescribe the medicine if you need it.",
        "She worked as a substitute teacher.",
        "This guide is not complete, but it does not replace your doctor's advice.",
        "For medical advice, do not substitute this article for your doctor.",
        "This article explains why a chatbot is a dangerous substitute for medical advice.",
        "This is not medical advice.\n\nThese experts recommend you start with light weights.",
        "Our experts advise you to stop your tablets.",
        "It is not true that this guide is a substitute for medical advice.",
        "Should this page not be used as anything but a substitute for medical advice?",
        "Margarine is nothing other than a substitute for butter.",
        '"This page is a substitute for medical advice" is what some sites claim.',
    ],
)
def test_no_flaws(text: str) -> None:
    assert not disclaimer(text).flaws


@given(st.text(alphabet=st.sampled_from("not a substitute medical advice .,:;'\n*<>-#"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    disclaimer(text)
