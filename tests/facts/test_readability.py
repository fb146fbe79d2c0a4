"""What is counted, how it is graded, and that textstat agrees on the same words and sentences."""

from __future__ import annotations

import socket
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medlint import panel
from medlint.facts import Facts, readability, terms
from medlint.facts.readability import Readability
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source

PLAIN = (
    "Your heart pumps blood around your body. When blood pushes too hard, it can hurt your heart. Most people feel fine "
    "at first. A nurse can check it with a cuff. Salt can make it worse, so cook with less of it. Walk each day if you can. "
)


def measure(text: str, name: str = "a.md", language: str = "en") -> Readability:
    document = read(Source(text, name))
    document.language = language
    return Facts(document, Profile(health=True), date(2026, 11, 23)).readability


def counted(text: str, name: str = "a.md") -> list[str]:
    return [p.block.plain[a:b] for p in measure(text, name).phrases for a, b in p.places]


def test_headings_captions_cells_and_crisis_boxes_are_not_counted() -> None:
    page = """<main><h1>Sleep problems</h1><p>Go to bed early each night.</p><figure><figcaption>A tidy bed</figcaption></figure>
    <table><tr><td>Eight hours is enough for most of us.</td></tr></table><code>sleep()</code>
    <aside class="callout"><p>Call the crisis lifeline on 988 if you are in danger now.</p></aside>
    <aside class="callout"><p>Good sleep keeps you well.</p></aside></main>"""
    assert " ".join(counted(page, "a.html")) == "Go to bed early each night Good sleep keeps you well"


def test_list_items_count_only_as_sentences() -> None:
    text = "Try this:\n\n- a warm bath\n- Put your phone away an hour before you go to bed\n- eight whole words but no verb in this one\n"
    assert " ".join(counted(text)) == "Try this Put your phone away an hour before you go to bed"


def test_numbers_addresses_and_citations_are_left_out() -> None:
    text = "In 2019 about 40 nurses (Lee, 2020) wrote to ann@clinic.org [3] or saw www.clinic.org/help (see Chan et al., 2021)."
    assert counted(text) == ["In", "about", "nurses", "wrote", "to", "or", "saw"]


def test_hyphenated_words_are_one_word_with_the_syllables_of_their_parts() -> None:
    found = measure("A hard-to-regulate mood is not rare.")
    assert (found.words, found.syllables, found.polysyllables) == (6, 10, 1)


@pytest.mark.parametrize(
    "text",
    [
        "The tablets may help your mood However, you should not stop them.",
        'The nurse called it "a mild case" If it gets worse, call us.',
    ],
)
def test_missing_stops_are_repaired_before_counting(text: str) -> None:
    assert measure(text).sentences == 2


def test_every_block_is_closed() -> None:
    assert measure("Sleep well\n\nRise early\n\nMove a lot").sentences == 3


def test_short_foreign_and_thin_texts_get_no_grade() -> None:
    assert measure("Sleep well.").doubt == "short"
    assert measure(PLAIN * 10, language="es").doubt == "language"
    assert measure("La salud es importante para todos. " * 40).doubt == "not-english"
    thin = measure(PLAIN * 3)
    assert (thin.doubt, thin.smog_index, thin.adjusted_grade) == ("few-sentences", None, None)
    assert thin.flesch_kincaid_grade is not None


def test_words_of_the_title_medicines_and_explained_words_count_as_plain() -> None:
    body = PLAIN * 5 + "Hypertension is common. Hypertension is treated with lisinopril. Anhedonia can pass. " * 3
    raw = measure(f"# About health\n\n{body}")
    titled = measure(f"# Hypertension\n\n{body}")
    explained = measure(f"# About health\n\nAnhedonia, or loss of joy, is real. {body}")
    assert raw.flesch_kincaid_grade == titled.flesch_kincaid_grade
    assert titled.adjusted_flesch_kincaid < raw.adjusted_flesch_kincaid <= raw.flesch_kincaid_grade  # type: ignore[operator]
    assert {word.text for word in raw.costliest} >= {"hypertension", "anhedonia"}
    assert "lisinopril" not in {word.text for word in raw.costliest}
    assert "anhedonia" not in {word.text for word in explained.costliest}


def test_the_hardest_sentence_and_section_are_named() -> None:
    hard = "Pharmacological augmentation of antidepressant medication necessitates continuous psychiatric evaluation."
    found = measure(f"# Mood\n\n## Easy\n\n{PLAIN * 3}\n\n## Hard\n\n{PLAIN * 2}{hard} {hard}")
    assert found.hardest[0].block.plain[found.hardest[0].start : found.hardest[0].end] == hard
    easy, harder = (part for part in found.parts if part.grade is not None)
    assert easy.heading is not None and easy.heading.plain == "Easy"
    assert easy.grade < harder.grade  # type: ignore[operator]


def test_the_formulas_are_those_of_their_authors() -> None:
    # 100 words in 5 sentences with 150 syllables; 30 long words in 30 sentences.
    assert readability.flesch_kincaid(100, 5, 150) == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)
    assert readability.smog_index(30, 30) == pytest.approx(1.043 * 30**0.5 + 3.1291)


def test_textstat_agrees_on_the_same_words_and_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("textstat reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    found = measure(
        PLAIN * 6
        + "Colonoscopy isn't painful for most people. A well-being check-up needs gabapentin or semaglutide doses. " * 3
    )
    values = {figure.name: figure.value for figure in panel.figures(found)}
    assert values["Flesch-Kincaid"] == pytest.approx(
        readability.flesch_kincaid(found.words, found.sentences, found.syllables)
    )
    assert values["SMOG"] == pytest.approx(readability.smog_index(found.polysyllables, found.sentences))


def test_the_panel_is_shown_and_says_when_there_is_nothing_to_grade(capsys: pytest.CaptureFixture[str]) -> None:
    panel.show(read(Source(f"# Heart\n\n{PLAIN * 6}", "heart.md")))
    shown = capsys.readouterr().out
    assert "Gunning Fog" in shown and "Hardest sentences" in shown and "\x1b" not in shown
    panel.show(read(Source("Sleep well.", "short.md")))
    assert "Not graded" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "term", "explained"),
    [
        ("Anhedonia, or loss of joy, is real.", "anhedonia", True),
        ("Anhedonia (losing joy in things) is real.", "anhedonia", True),
        ("Feeling cut off (depersonalization) can pass.", "depersonalization", True),
        ("This is called derealization.", "derealization", True),
        ("Tachycardia is a fast heartbeat.", "tachycardia", True),
        ("Tachycardia — a fast heartbeat — can pass.", "tachycardia", True),
        ("Some get tachycardia or a rash.", "tachycardia", False),
        ("The tachycardia (T) was mild.", "tachycardia", False),
        ("You may notice tachycardia.", "tachycardia", False),
    ],
)
def test_glosses(text: str, term: str, explained: bool) -> None:
    block = next(iter(read(Source(text, "a.md")).blocks))
    start = block.lower.index(term)
    assert terms.glossed(block, start, start + len(term)) is explained


@given(st.text(max_size=400))
@example("\x85")
@settings(max_examples=60)
def test_any_text_can_be_measured(text: str) -> None:
    for name in ("a.md", "a.html"):
        found = measure(text, name)
        assert found.words == sum(len(phrase.words) for phrase in found.phrases)


@given(st.text("ab-' .,1(\u2019", max_size=200))
@settings(max_examples=150)
def test_the_words_of_a_sentence_stand_where_it_says(text: str) -> None:
    for phrase in measure(text).phrases:
        lower = phrase.block.lower
        assert [lower[start:end] for start, end in phrase.places] == list(phrase.words)
        for word in phrase.words:
            assert phrase.place(word) == phrase.places[phrase.words.index(word)]
