"""Citations that lead nowhere, and entries that nothing cites."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from medlint.document import Zone
from medlint.facts import Facts
from medlint.facts.citations import Citations, Entry, Mark
from medlint.finding import Hit, Related, Undetermined
from medlint.rule import Rule

_RANGE = re.compile(r"(\d{1,3})\s?[\u2013\u2212-]\s?(\d{1,3})")
_APPROVAL = re.compile(
    r"\b(?:approv|licen[cs]|authori[sz]|cleared|launched|introduced|founded|enacted|passed)", re.IGNORECASE
)
_SMALL = frozenset("of the and for et al in on de la van von der den a an".split())


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``uncited``: also report entries of a numbered list that no number in the text points to."""

    uncited: bool = True


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit | Undetermined]:
    """Yield each citation without its entry; the variants are ``number``, ``unlisted``, ``footnote``, ``aside`` and ``uncited``."""
    citations = facts.citations
    entries = tuple(citations.entries)
    works = (*(entry.text for entry in entries), *(block.plain for block in citations.lone))
    highest = max((entry.number for entry in entries), default=0)
    highest = max(highest, len(entries))
    numbers = {int(key) for mark in citations.marks if mark.kind == "number" and mark.sure for key in mark.keys}
    beyond = sum(number > highest for number in numbers)
    if entries and beyond > max(1, len(numbers) // 4):
        yield Undetermined(rule.notes["misfit"])
    unlisted: list[Mark] = []
    for mark in citations.marks:
        if mark.kind == "author-year":
            if mark.sure and not _is_linked(mark) and not _resolves(mark, works) and not _is_approval(mark):
                variant = "" if mark.block.zone in (Zone.BODY, Zone.CALLOUT) else "aside"
                yield Hit(
                    mark.block.span(mark.start, mark.end), {"who": mark.keys[0], "year": mark.keys[1]}, variant=variant
                )
        elif mark.kind == "footnote":
            yield Hit(mark.block.span(mark.start, mark.end), {"number": mark.keys[0]}, variant="footnote")
        elif mark.kind == "number" and mark.sure and any(int(key) > highest for key in mark.keys):
            if entries and (beyond > max(1, len(numbers) // 4) or _leads_somewhere(mark, facts)):
                continue
            if entries:
                fields = {"number": next(key for key in mark.keys if int(key) > highest), "count": str(highest)}
                yield Hit(mark.block.span(mark.start, mark.end), fields, variant="number")
            elif not _is_linked(mark):
                unlisted.append(mark)
    if unlisted:
        first = unlisted[0]
        related = tuple(Related(mark.block.span(mark.start, mark.end), "also") for mark in unlisted[1:6])
        yield Hit(
            first.block.span(first.start, first.end), {"number": first.keys[0]}, variant="unlisted", related=related
        )
    if options.uncited:
        yield from _uncited(citations, entries)


def _is_linked(mark: Mark) -> bool:
    return any(link.start < mark.end and mark.start < link.end for link in mark.block.links)


def _leads_somewhere(mark: Mark, facts: Facts) -> bool:
    """Whether a link on the mark leads to a place that the page has."""
    hrefs = (link.element.attrs["href"] for link in mark.block.links if link.start < mark.end and mark.start < link.end)
    return any(href.startswith("#") and href[1:] in facts.document.ids for href in hrefs)


def _is_approval(mark: Mark) -> bool:
    """Whether the year is that of an approval or the like, not of a work."""
    return bool(_APPROVAL.search(mark.block.plain, max(0, mark.start - 60), mark.start))


def _resolves(mark: Mark, works: tuple[str, ...]) -> bool:
    """Whether one of ``works`` holds the year and the first author, or the organisation in full or by its initials."""
    who, year = mark.keys
    words = [word for word in re.findall(r"[\w'-]+", who.lower()) if word not in _SMALL]
    if not words:
        return True
    initials = "".join(word[0] for word in words)
    for work in works:
        text = work.lower()
        if year not in text:
            continue
        if words[0] in text and (
            len(words) == 1 or "et al" in who or sum(word in text for word in words) * 2 >= len(words)
        ):
            return True
        if len(words) > 2 and re.search(rf"\b{initials}\b", text):
            return True
        if who.isupper() and _initials_in(who.lower(), text):
            return True
    return False


def _initials_in(letters: str, text: str) -> bool:
    names = [word[0] for word in re.findall(r"[a-z][\w'-]*", text[:200]) if word not in _SMALL]
    return letters in "".join(names)


def _uncited(citations: Citations, entries: tuple[Entry, ...]) -> Iterator[Hit]:
    """One hit for all entries of a numbered list that the text never cites, if it cites most of them."""
    marks = [mark for mark in citations.marks if mark.kind == "number"]
    if len(entries) < 3 or not marks or not all(mark.sure for mark in marks):
        return
    cited = {number for mark in marks for number in _expanded(mark)}
    missing = [entry for entry in entries if entry.number not in cited]
    if missing and len(missing) * 3 <= len(entries):
        first, *others = missing
        related = tuple(Related(entry.block.span(entry.start, entry.end), "also-uncited") for entry in others[:5])
        fields = {"numbers": ", ".join(str(entry.number) for entry in missing), "count": str(len(missing))}
        yield Hit(first.block.span(first.start, first.end), fields, variant="uncited", related=related)


def _expanded(mark: Mark) -> Iterator[int]:
    yield from map(int, mark.keys)
    for first, last in _RANGE.findall(mark.block.plain[mark.start : mark.end]):
        yield from range(int(first), min(int(last), int(first) + 200) + 1)
