"""What a document and its blocks say of their own words, whichever of two ways is quicker for a text."""

from __future__ import annotations

import re
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from medlint.document import Block, Document, Element, Kind, Within, find_words
from medlint.matching import Scanner
from medlint.readers import read
from medlint.source import Source, Span

WRITTEN = st.text(st.sampled_from("ab Zé5'’-‑_.,!?(\n"), max_size=60)


def block(text: str) -> Block:
    return Block(Kind.PARAGRAPH, text, (), Element("p", {}, None, Span(0, 0)))


def page(*paragraphs: str) -> Document:
    return read(Source("\n\n".join(paragraphs), "a.md"))


@given(WRITTEN)
def test_words_by_sentence_are_the_words_of_the_text(text: str) -> None:
    here = block(text)
    assert here.spelt_sentences == tuple(tuple(find_words(here.lower, *sentence)) for sentence in here.sentences)
    assert here.spelt == tuple(chain.from_iterable(here.spelt_sentences))
    assert here.words == tuple(match.span() for match in re.finditer(find_words.__self__, here.lower))


@given(st.lists(st.sampled_from(("ab", "a b", "B5", "é", "5", "-")), max_size=6))
def test_what_is_looked_for_in_one_go_is_what_each_block_holds(paragraphs: list[str]) -> None:
    document = page(*paragraphs)
    plain = Scanner(("b", "ab", "é"))
    plain._automaton = None  # as where no wheel of the automaton fits
    for scanner in (Scanner(("b", "ab", "é")), plain):
        expected = {w: tuple(b for b in document.blocks if w in b.lower) for w in ("b", "ab", "é")}
        assert scanner.scan(document) == {word: blocks for word, blocks in expected.items() if blocks}
        assert scanner.holding(document) == [b for b in document.blocks if re.search("b|é", b.lower)]
    assert list(document.holding(re.compile(r"\d"))) == [b for b in document.blocks if "5" in b.lower]


def test_an_element_is_within_what_is_around_it_up_to_the_top() -> None:
    outside = Element("div", {"class": "x"}, None, Span(0, 0))
    top = Element("main", {}, outside, Span(0, 0))
    card = Element("div", {"class": "x"}, top, Span(0, 0))
    inner = Element("p", {}, card, Span(0, 0))
    beside = Element("p", {}, top, Span(0, 0))
    tested: list[Element] = []

    def named(element: Element) -> bool:
        tested.append(element)
        return "class" in element.attrs

    within = Within(named, ("main",))
    assert [within(element) for element in (beside, inner, card, top, beside)] == [False, True, True, False, False]
    assert len(tested) == len(set(map(id, tested)))
    assert Within(named)(beside)


def test_a_hundred_thousand_elements_deep_is_no_deeper_than_two() -> None:
    element = Element("div", {"aria-hidden": "true"}, None, Span(0, 0))
    for _ in range(100_000):
        element = Element("div", {}, element, Span(0, 0))
    assert Within(lambda one: "aria-hidden" in one.attrs)(element)


def test_prose_is_what_can_be_seen_in_the_zones() -> None:
    document = read(Source("<main><h1>Title</h1><p>Seen.</p><p hidden>Not seen.</p></main><nav>Menu</nav>", "a.html"))
    assert [b.text for b in document.prose()] == ["Seen."]
    assert [b.text for b in document.prose(())] == [b.text for b in document.blocks if not b.hidden]
    assert document.prose() is document.prose()
