"""Front matter that is read without a YAML parser reads as the parser reads it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint.readers import located
from medlint.readers.located import Located, Unreadable
from medlint.source import Span


def shown(value: Any) -> Any:
    """``value`` with the place of every string."""
    if isinstance(value, dict):
        return {key: shown(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shown(item) for item in value]
    return (str(value), value.span) if isinstance(value, Located) else value


def by_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    with monkeypatch.context() as patched:
        patched.setattr(located, "_plain_tree", lambda text, span: None)
        return read(text)


def read(text: str) -> Any:
    try:
        return shown(located.yaml_tree(text, Span(4, len(text)), 2))
    except Unreadable as error:
        return ("unreadable", error.span)


PLAIN = """---
title: "Sleep: what helps"
author: Noor Haddad
reviewed-by: 'Ada Lim, MD'
date: 2026-04-20
draft: null
tags: [sleep, a good night, don't]
summary: Seven hours (or so), says the clinic; no more than that!
  \N{LATIN SMALL LETTER E WITH ACUTE}t\N{LATIN SMALL LETTER E WITH ACUTE}"""


def test_plain_front_matter_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    text = PLAIN.rpartition("\n")[0] + "\n"
    assert located._plain_tree(text, Span(4, len(text))) is not None
    assert read(text) == by_parser(text, monkeypatch)


@pytest.mark.parametrize(
    "line",
    ["a: b: c", "a: b #c", "a: |", "a: &b c", "a: *b", "a:", "a: {b: c}", "a: [b, [c]]", "  a: b", "- a", "a: \"\\u0041\"", "a: ~",
     "a: 'it''s'", "a: b\n  c", "? a", "a: @b", "a: [b,]", "a: b\n...\nc: d", "a: !!int 3", "a\tb: c", "\N{NO-BREAK SPACE}a: b"],
)  # fmt: skip
def test_everything_else_is_left_to_the_parser(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"---\n{line}\n"
    assert located._plain_tree(text, Span(4, len(text))) is None
    assert read(text) == by_parser(text, monkeypatch)


values = st.text(
    st.sampled_from(" abzAZ09_-–.,;:()[]{}'\"’#&*!?%@|>~/+=\t\u00e9\u00a0\u2028\ufeff\x07\U0001f600"), max_size=12
)
lines = st.builds("{}: {}".format, st.text(st.sampled_from("aB_-9n"), min_size=1, max_size=4), values)


@settings(max_examples=400)
@given(st.lists(lines, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_both_ways_of_reading_agree(written: list[str], newline: str) -> None:
    text = "---\n" + newline.join(written) + newline
    with pytest.MonkeyPatch.context() as patched:
        assert read(text) == by_parser(text, patched)
