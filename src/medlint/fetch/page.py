"""The little that is read of a fetched page: what it calls itself, and which parts it has."""

import re
import zlib

import msgspec

BODY_LIMIT = 65536
"""Bytes read of a page, and bytes it may unfold to."""


class Page(msgspec.Struct, frozen=True):
    """What the first 64 KB of an HTML page say."""

    title: str
    heading: str
    anchors: frozenset[str] | None
    """The ids and names in it; None when they were not asked for or the page was cut off."""

    @property
    def not_found_words(self) -> str | None:
        """The title or first heading, if it says "not found". Whole phrases only: "no cause was found" is medicine."""
        for text in (self.title, self.heading):
            tidy = _tidy(text)
            if any(_NOT_FOUND.fullmatch(part.strip(" \"'")) for part in (tidy, *_SEPARATOR.split(tidy))):
                return text
        return None

    @property
    def is_bot_check(self) -> bool:
        """Is this not the page, but a door that only people may pass?"""
        return bool(_BOT_CHECK.fullmatch(_tidy(self.title)))


class Unreadable(Exception):
    """The body is not what its headers say it is."""


def unfold(body: bytes, encoding: str) -> bytes | None:
    """``body`` without its content encoding, at most ``BODY_LIMIT`` bytes; None for an encoding nobody asked for.

    The limit is on the output, so a kilobyte that would become a gigabyte becomes 64 KB.
    """
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return None
    # 32: gzip or zlib, whichever it is.
    decoder = zlib.decompressobj(32 + zlib.MAX_WBITS)
    try:
        return decoder.decompress(body, BODY_LIMIT)
    except zlib.error as error:
        raise Unreadable("the compressed body is damaged") from error


def read_page(body: bytes, charset: str | None, *, anchors: bool, cut: bool) -> Page:
    """The page in ``body``. ``cut``: there was more of it. Raises ``Unreadable`` for 64 KB without one tag.

    turbohtml's tree is serialised first: html.parser never sees the raw markup, on which it can hang (CVE-2025-6069).
    """
    if len(body) >= BODY_LIMIT and b"<" not in body:
        raise Unreadable("64 KB without a tag are not a web page")
    import turbohtml
    from bs4 import BeautifulSoup
    from bs4.filter import SoupStrainer

    try:
        tree = turbohtml.parse(body, encoding=charset)
    except LookupError:
        tree = turbohtml.parse(body)
    anchors = anchors and not cut
    soup = BeautifulSoup(tree.serialize(), "html.parser", parse_only=None if anchors else SoupStrainer(["title", "h1"]))
    return Page(
        title=soup.title.get_text(" ", strip=True) if soup.title else "",
        heading=soup.h1.get_text(" ", strip=True) if soup.h1 else "",
        anchors=frozenset(str(tag[key]) for key in ("id", "name") for tag in soup.select(f"[{key}]"))
        if anchors
        else None,
    )


def _tidy(text: str) -> str:
    return " ".join(text[:300].replace("’", "'").lower().split())


_SEPARATOR = re.compile(r" *[|–—·•»«‹›] *| +[-:] +|: +")
_THING = r"""
    (?:(?:the|this|that|your|our|a|requested|web|help)\ ?)*
    (?:page|webpage|content|article|document|resource|file|url|item|link|address)
    (?:\ (?:that\ )?you(?:'re|\ are|\ were|\ have)?\ (?:requested|looking\ for|want(?:ed)?|tried\ to\ (?:reach|access|visit)))?
"""
_NOT_FOUND = re.compile(
    rf"""
    (?:(?:oops|sorry|we're\ sorry|we\ are\ sorry|whoops|uh[ -]?oh|http|error|status|code)[ ,!.:…-]*)*
    (?: (?:404|410)(?:\ ?error)?(?:[ ,:!.(-]*(?:error|not\ found|gone|{_THING}\ not\ found))?
      | not\ found | nothing\ (?:was\ )?found(?:\ here)?
      | {_THING}\ (?:
            (?:(?:was|is|has\ been|could|can)\ )?not\ (?:be\ )?(?:found|available|here)
          | (?:can't|cannot|couldn't|wasn't)\ (?:be\ )?found
          | (?:does\ not|doesn't|no\ longer)\ exists?
          | (?:(?:is|was|has\ been)\ )?(?:no\ longer\ (?:available|here)|unavailable|missing|removed|deleted)
          | isn't\ (?:available|here) )
      | (?:we\ )?(?:can't|cannot|can\ not|couldn't|could\ not|(?:(?:are|were)\ )?unable\ to)(?:\ seem\ to)?
        \ find\ {_THING}
      | seite\ (?:wurde\ )?nicht\ gefunden | page\ (?:introuvable|non\ trouvée) | página\ no\ encontrada
      | pagina\ non\ trovata | pagina\ niet\ gevonden | página\ não\ encontrada )
    [ !.…)\d]*
    """,
    re.VERBOSE,
)
_BOT_CHECK = re.compile(
    r"""
    (?: just\ a\ moment | one\ moment(?:,?\ please)? | attention\ required!?(?:\ \|\ cloudflare)?
      | access\ (?:to\ this\ page\ has\ been\ )?denied | (?:are\ you|i'm\ not|you\ are\ not)\ a\ (?:robot|human)
      | robot\ check | bot\ (?:verification|check|detection) | human\ verification | client\ challenge | ddos-guard
      | verif(?:y|ying)\ (?:that\ )?you\ are\ (?:a\ )?human | checking\ your\ browser.* | security\ check
      | pardon\ our\ interruption | (?:403\ )?forbidden )
    [ .…!?]*
    """,
    re.VERBOSE,
)
