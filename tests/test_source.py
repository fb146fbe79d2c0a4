"""Decoding and coordinates."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.errors import ReadError
from medlint.source import Position, Source, Span


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"caf\xc3\xa9", "café", "utf-8"),
        (codecs.BOM_UTF8 + "é".encode(), "é", "utf-8"),
        (codecs.BOM_UTF16_LE + "é—".encode("utf-16-le"), "é—", "utf-16-le"),
        (codecs.BOM_UTF16_BE + "é—".encode("utf-16-be"), "é—", "utf-16-be"),
        ("<p>plain words</p>".encode("utf-16-le"), "<p>plain words</p>", "utf-16-le"),
        (b"<meta charset=windows-1252><p>it\x92s \x93so\x94", "<meta charset=windows-1252><p>it’s “so”", "cp1252"),
        (b"<meta charset='iso-8859-1'>\x96", "<meta charset='iso-8859-1'>–", "cp1252"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">\xb1', None, "iso-8859-2"),
        (b"no charset \xe9", "no charset é", "cp1252"),
        (b"a\0b", "a\0b", "utf-8"),
        ("<meta charset=iso-8859-1>é".encode(), "<meta charset=iso-8859-1>é", "utf-8"),
    ],
)
def test_decodes_as_a_browser_would(data: bytes, text: str | None, encoding: str) -> None:
    source = Source.decode(data, "a.html")
    assert source.encoding == encoding
    if text is not None:
        assert source.text == text
    assert source.encode(source.text) == data


def test_says_when_it_guessed() -> None:
    assert Source.decode(b"caf\xe9", "a.md").guessed
    assert not Source.decode(b"<meta charset=latin1>caf\xe9", "a.html").guessed


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"%PDF-1.7\n\xff\xfe", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
        (bytes(range(256)), "not valid UTF-8|binary|fit"),
        (b"<meta charset=utf-8>\nbad \xff here", "byte 25"),
        (b"<meta charset=nonsense>\xff", "nonsense"),
    ],
)
def test_refuses_with_place_and_remedy(data: bytes, part: str) -> None:
    if data == bytes(range(256)):
        data = b"\0" * 500 + data
    with pytest.raises(ReadError, match=part) as caught:
        Source.decode(data, "a.html")
    assert caught.value.remedy


def test_a_bad_byte_names_its_line() -> None:
    with pytest.raises(ReadError) as caught:
        Source.decode(b"<meta charset=utf-8>\n\nbad \xff", "a.html")
    assert caught.value.line == 3


def test_lines_end_with_lf_crlf_and_cr() -> None:
    source = Source("a\nb\r\nc\rd")
    assert [source.position(offset) for offset in (0, 2, 5, 7)] == [(1, 1), (2, 1), (3, 1), (4, 1)]
    assert [source.line(number) for number in (1, 2, 3, 4)] == ["a", "b", "c", "d"]


def test_nothing_else_ends_a_line() -> None:
    text = "a\u2028b\u2029c\x85d\x0be\x0cf\0g\x1ch"
    for source in (
        Source(text),
        Source.decode(text.encode(), "a.md"),
        Source.decode(codecs.BOM_UTF8 + text.encode(), "a.md"),
    ):
        assert source.line_starts == [0]
        assert source.position(len(text) - 1) == (1, len(text))


def test_columns_count_code_points_and_utf16_units() -> None:
    source = Source("😀é x")
    assert source.position(3) == Position(1, 4)
    assert source.utf16_column(3) == 5


@given(st.text(alphabet="ab\r\n😀", max_size=40), st.integers(0, 40))
def test_position_finds_its_way_back(text: str, offset: int) -> None:
    source = Source(text)
    offset = min(offset, len(text))
    line, column = source.position(offset)
    assert source.line_starts[line - 1] + column - 1 == offset


def test_slice_is_the_source_as_written() -> None:
    assert Source("a &amp; b").slice(Span(2, 7)) == "&amp;"


@pytest.mark.parametrize(
    "label", ["cp037", "unicode_escape", "rot13", "zlib", "idna", "mbcs", "utf-16", "utf-7", "hz-gb-2312"]
)
def test_only_encodings_that_browsers_know_are_believed(label: str) -> None:
    with pytest.raises(ReadError):
        Source.decode(f"<meta charset={label}><p>caf".encode() + b"\xe9", "a.html")


def test_a_declaration_in_a_comment_is_none() -> None:
    data = b"<!-- <meta charset=gbk> --><p>it\x92s\xa0cured"
    assert Source.decode(data, "a.html").text.endswith("it’s\u00a0cured")


def test_escapes_of_a_declared_encoding_split_no_word() -> None:
    assert Source.decode(b"<meta charset=iso-2022-jp><p>cu\x1b(Bre", "a.html").text.endswith("cure")


@pytest.mark.parametrize(
    "data",
    [b"\xff\xd8\xff\xe0\x00\x10JFIF", b"GIF89a\x01\x00", b"PK\x03\x04", bytes(range(256)) * 10, b"\x1f\x8b\x08" + bytes(range(1, 32)) * 9],
    ids=["jpeg", "gif", "zip", "bytes", "gzip"],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="binary"):
        Source.decode(data, "a.md")
