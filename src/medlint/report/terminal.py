"""Text for terminals: nothing of an article reaches one unescaped, colour follows the user's wish, widths are cells."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from typing import TextIO

# C0 and C1 controls, line and paragraph separators, bidi marks and overrides, lone surrogates.
_UNSAFE = re.compile("[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_CODES = {
    "error": "31;1", "warning": "33;1", "info": "36;1", "bold": "1", "dim": "2", "good": "32",
    "body": "0", "title": "1", "byline": "35", "callout": "36", "disclaimer": "32", "sources": "34", "bio": "35",
    "promo": "33", "related": "2", "nav": "2", "footer": "2", "ui": "2", "meta": "2;3",
}  # fmt: skip


def safe(text: str) -> str:
    """``text`` with every character that could act on a terminal shown instead: ESC as ``␛``, others as ``\\x..``."""
    return _UNSAFE.sub(_shown, text) if not text.isprintable() else text


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code in (9, 10, 13):
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def width(text: str) -> int:
    """How many cells ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def coloured(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour: ``NO_COLOR`` and ``FORCE_COLOR`` decide, else whether ``stream`` is a terminal."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


class Paint:
    """Wraps words in colour and links where ``on``, and leaves them alone where not."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, style: str, text: str) -> str:
        """``text`` in the colour of ``style``."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.on and text else text

    def link(self, text: str, url: str) -> str:
        """``text`` as a link (OSC 8) to ``url``, which must be ours."""
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if self.on and url else text


def columns(default: int = 100) -> int:
    """The width to write for, in cells."""
    import shutil

    return max(40, min(shutil.get_terminal_size((default, 24)).columns, 140))


def encodable(stream: TextIO, symbol: str, plain: str) -> str:
    """``symbol`` if ``stream`` can write it, else ``plain``."""
    try:
        symbol.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return plain
    return symbol
