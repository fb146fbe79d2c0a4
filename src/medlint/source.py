"""The text of an article exactly as it was read, and the one coordinate system: code-point offsets into it."""

import codecs
import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import msgspec

from medlint.digests import sha256
from medlint.errors import ReadError

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-]{2,40})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
# The WHATWG encoding standard reads these labels as windows-1252, and refuses the encodings used to smuggle markup.
_AS_WINDOWS_1252 = {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "iso8859-1", "cp1252", "windows-1252"}
_AS_UTF_8 = {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "utf-7", "x-user-defined", "hz-gb-2312", "unicode"}
# The other encodings that browsers know, as Python calls them, and what browsers read them as. Python knows more, such
# as those of mainframes, and a page could claim one to be read here as what no browser shows.
_KNOWN = {
    **{name: name for name in ("cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874", "cp949", "cp932")},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"cp125{part}": f"cp125{part}" for part in range(9)},
    **{name: name for name in ("gb18030", "big5hkscs", "euc_jp", "iso2022_jp")},
    "gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949",
    "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip
_CONTROLS = bytes({*range(32)} - set(b"\t\n\f\r\x1b"))
_WINDOWS_1252 = {byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0xA0)}


class Span(NamedTuple):
    """A half-open range of code-point offsets into ``Source.text``. ``start == end`` marks an insertion point."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as people and editors say it: line and column, both from 1, the column in code points."""

    line: int
    column: int


class Source:
    """An article's text as read: newlines kept, byte order mark removed, never changed afterwards.

    ``name`` is how reports call it. ``encoding`` and ``bom`` say how it was stored, so that a fix can be written back
    in kind. ``guessed`` is True where neither a mark, a declaration nor UTF-8 explained the bytes.
    """

    def __init__(
        self, text: str, name: str = "<text>", *, encoding: str = "utf-8", bom: bytes = b"", guessed: bool = False
    ) -> None:
        self.text = text
        self.name = name
        self.encoding = encoding
        self.bom = bom
        self.guessed = guessed

    @classmethod
    def decode(cls, data: bytes, name: str) -> "Source":
        """Decode ``data`` as a browser would: byte order mark, strict UTF-8, declared charset, windows-1252.

        UTF-8 that decodes strictly is believed over a declaration, because a mislabelled page is far more common
        than another encoding whose bytes happen to be valid UTF-8.

        Raises ReadError for binary data and for bytes that the declared encoding does not allow.
        """
        for mark, encoding in _BOMS:
            if data.startswith(mark):
                try:
                    return cls(data[len(mark) :].decode(encoding), name, encoding=encoding, bom=mark)
                except UnicodeDecodeError as error:
                    raise ReadError(
                        name,
                        f"the file starts as {encoding} but byte {error.start + len(mark)} is not valid {encoding}",
                        remedy="Save the file again as UTF-8.",
                    ) from None
        head = data[:4096]
        if _is_binary(head):
            encoding = _utf_16_without_mark(head)
            if not encoding:
                raise ReadError(name, "this is a binary file, not an article", remedy="Check the HTML or Markdown.")
            return cls(data.decode(encoding, errors="replace"), name, encoding=encoding, guessed=True)
        declared = _META_CHARSET.search(_COMMENT.sub(b"", head))
        label = declared[1].decode("ascii").lower() if declared else ""
        if not (label == "iso-2022-jp" and b"\x1b" in data):  # which is valid UTF-8, and means something else
            try:
                return cls(data.decode("utf-8"), name)
            except UnicodeDecodeError as error:
                bad = error.start
        if not label or label in _AS_WINDOWS_1252:
            text = data.decode("latin-1").translate(_WINDOWS_1252)
            return cls(text, name, encoding="cp1252", guessed=not label)
        if label in _AS_UTF_8:
            line = data.count(b"\n", 0, bad) + 1
            raise ReadError(
                name,
                f"byte {bad} (0x{data[bad]:02x}) is not valid UTF-8",
                line=line,
                remedy="Save the file as UTF-8, or declare its real encoding.",
            )
        try:
            own = codecs.lookup(label).name
            encoding = label if _KNOWN[own] == own else _KNOWN[own]
            return cls(data.decode(encoding), name, encoding=encoding)
        except LookupError:
            problem = f"it declares the encoding {label!r}, which browsers do not know"
        except UnicodeDecodeError:
            problem = f"the bytes do not fit the declared encoding {label!r}"
        raise ReadError(name, problem, remedy="Save the file as UTF-8.")

    def encode(self, text: str) -> bytes:
        """``text`` as bytes in this source's encoding, byte order mark included. Raises UnicodeEncodeError."""
        return self.bom + text.encode(self.encoding)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character; LF, CR LF and a lone CR all end a line."""
        return line_starts(self.text)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the text as UTF-8, in hexadecimal: what a sign-off refers to."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def utf16_column(self, offset: int) -> int:
        """The column of ``offset`` from 1 in UTF-16 code units, as language servers count."""
        start = self.line_starts[bisect_right(self.line_starts, offset) - 1]
        return offset - start + sum(ord(char) > 0xFFFF for char in self.text[start:offset]) + 1

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1) without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def slice(self, span: Span) -> str:
        """The source characters of ``span``, markup and entities as written."""
        return self.text[span.start : span.end]

    def excerpt(self, spans: Iterable[Span]) -> "Excerpt":
        """What a report needs of this source to speak of ``spans``, without the source."""
        positions: dict[int, Position] = {}
        lines: dict[int, str] = {}
        for span in spans:
            # A report marks the last character of a span, which is before its end.
            for offset in (span.start, span.end, max(span.end - 1, span.start)):
                if offset not in positions:
                    positions[offset] = self.position(offset)
            number = positions[span.start].line
            if number not in lines:
                lines[number] = self.line(number)
            last = positions[span.end].line
            if last != number and last not in lines:
                lines[last] = self.line(last)
        return Excerpt(self.name, self.sha256, positions, lines)


class Excerpt(msgspec.Struct, frozen=True):
    """The places and lines of a source that a report speaks of: small, and fit to cross between processes."""

    name: str
    sha256: str
    positions: Mapping[int, Position]
    lines: Mapping[int, str]

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``, which must be one that the report speaks of."""
        return self.positions[offset]

    def line(self, number: int) -> str:
        """The text of line ``number``, empty if the report does not speak of it."""
        return self.lines.get(number, "")


def line_starts(text: str, base: int = 0) -> list[int]:
    """The offset of each line's first character, ``base`` further on; LF, CR LF and a lone CR all end a line."""
    starts = list(accumulate(map(len, io.StringIO(text, newline="")), initial=base))
    if text and text[-1] not in "\r\n":
        starts.pop()  # where the last line ends, none begins
    return starts


def _is_binary(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is no text: what editors save has hardly a control character."""
    if head[:4] in (b"%PDF", b"\x89PNG", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"GIF8", b"RIFF"):
        return True
    return len(head) - len(head.translate(None, _CONTROLS)) > max(len(head) // 20, 8)


def _utf_16_without_mark(head: bytes) -> str:
    """The byte order of UTF-16 text without a mark, judged by where its zero bytes fall; empty if it is not that."""
    if len(head) < 4 or head[:5] == b"%PDF-":
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return ""
