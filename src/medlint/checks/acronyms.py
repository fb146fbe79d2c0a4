"""Abbreviations that a reader cannot resolve, or need not meet at all."""

import re
from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from medlint.document import Block, Kind, Zone
from medlint.facts import Facts
from medlint.finding import Edit, Fix, Hit, Related, Safety
from medlint.rule import Rule

_SHORT = r"[A-Z]{2,6}s?|[A-Z][A-Za-z]{0,4}[A-Z]{2,4}s?"
_USE = re.compile(rf"(?<![\w./@&'#-])(?:{_SHORT})(?![\w@&/]|\.\w|[-']\w)")
_CAPITAL = re.compile("[A-Z]")
_CAPITALS = re.compile("[A-Z][A-Z]")
_AFTER_LONG = re.compile(
    rf"\(\s?(?:or |also called |called |known as |the )?[\"']?({_SHORT})[\"']?(?:[,;][^()]{{0,60}})?\)"
)
_REVERSED = re.compile(
    rf"(?<![\w-])(?P<short>(?:{_SHORT})(?:(?:,| and| or|, and|, or) (?:{_SHORT})){{0,3}}) "
    r"\((?:AKA|a\.k\.a\.|aka|also known as|short for|which (?:stands|is short) for|stands for|meaning|i\.e\.,?|or)?[:,]? ?(?P<long>[^()]{6,200})\)"
)
_MOST_LOOKED_AT = 60
_NO_TEXT = frozenset((Kind.ALT, Kind.LABEL))
_WORD = re.compile(r"[A-Za-z][\w']*")
_SMALL = frozenset("a an and as at by for in of on or the to with de la".split())
_SHOUTED = frozenset(
    "ALL ALSO ALWAYS AND ANY ARE ASK BE BEFORE BUT CALL CAN CANNOT DAILY DID DO DOES DONE DONT EVER EVERY FACT FREE FROM GET GO HAS HAVE HELP HERE "
    "HOW IF IN IS IT LESS MANY MAY MORE MOST MUST MYTH NEED NEVER NEW NO NONE NOT NOTE NOW OF OFF OK ON ONE ONLY OR OUR OUT OVER PLUS SEE SHOULD "
    "SO SOME STOP TAKE TEXT THAT THE THEN THIS TIP TIPS TO TOO TWO UP US USE VERY WARN WAS WE WHAT WHEN WHO WHY WILL WITH YES YOU YOUR".split()
)
_ROMAN = re.compile(r"(?:[IVX]{1,5}|[IVXLC]{2,6})s?")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``known``: abbreviations that need no explanation. ``most``: the most findings on one page."""

    known: tuple[str, ...] = ()
    most: int = 10


class _Place(msgspec.Struct, frozen=True):
    block: Block
    start: int
    end: int

    @property
    def order(self) -> tuple[int, int]:
        return self.block.index, self.start


class _Definition(msgspec.Struct, frozen=True):
    short: str
    long: str
    place: _Place
    reversed: bool


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield at most one hit for each abbreviation, the gravest first: reversed, twice, late, undefined, unused."""
    if facts.topic.language not in ("en", "") or facts.profile.audience == "clinician":
        return
    blocks = [block for block in facts.document.prose(rule.zones) if block.kind not in _NO_TEXT]
    uses: dict[str, list[_Place]] = {}
    for block in blocks:
        if not _CAPITALS.search(block.plain) or _is_shouted(block):
            continue
        for match in _USE.finditer(block.plain):
            uses.setdefault(_bare(match[0]), []).append(_Place(block, *match.span()))
    if not uses:
        return
    definitions: dict[str, list[_Definition]] = {}
    for block in facts.document.prose((*rule.zones, Zone.TITLE)):
        for definition in _definitions(block):
            definitions.setdefault(_bare(definition.short.split()[0].rstrip(",")), []).append(definition)
    known = {*options.known, *facts.profile.words}
    hits: list[tuple[int, tuple[int, int], Hit]] = []
    covered: set[str] = set()
    for short, found in definitions.items():
        covered.update(_bare(name) for name in _USE.findall(" ".join(item.short for item in found)))
        if short not in known:
            hits += _of_defined(short, found, uses.get(short, []))
    unused = [d[0] for short, d in definitions.items() if short not in known and _is_idle(d, uses.get(short, []))]
    if unused:
        hits.append((4, unused[0].place.order, _idle(unused)))
    text = [(block.index, block.lower) for block in blocks]
    for short, places in uses.items():
        if (
            short not in known
            and short not in covered
            and _needs_telling(short, places)
            and not _spelt_out(short, text)
        ):
            place = places[0]
            hits.append((3 if len(places) > 1 else 5, place.order, _hit(place, "undefined", short)))
    hits.sort(key=lambda hit: hit[:2])
    yield from (hit for _, _, hit in hits[: options.most])


def _of_defined(short: str, found: list[_Definition], uses: list[_Place]) -> Iterator[tuple[int, tuple[int, int], Hit]]:
    first, *others = found
    place = first.place
    if first.reversed:
        fix = None
        if len(first.short.split()) == 1:
            edit = Edit(place.block.span(place.start, place.end), f"{first.long} ({first.short})")
            fix = Fix((edit,), Safety.UNSAFE if place.block.editable(place.start, place.end) else Safety.DISPLAY)
        yield 0, place.order, replace(_hit(place, "reversed", first.short, first.long), fix=fix)
        return
    different = next((other for other in others if not _same(first.long, other.long)), None)
    if different is not None:
        related = (Related(place.block.span(place.start, place.end), "first"),)
        yield 1, different.place.order, replace(_hit(different.place, "twice", short, first.long), related=related)
        return
    running = [use for use in uses if use.block.kind is not Kind.HEADING]
    before = [use for use in running if use.order < place.order]
    if before:
        related = (Related(place.block.span(place.start, place.end), "explained"),)
        yield 2, before[0].order, replace(_hit(before[0], "late", short, first.long), related=related)


def _is_idle(found: list[_Definition], uses: list[_Place]) -> bool:
    """Whether an abbreviation is explained in running text and then never used: not a name, whose initials help to know it."""
    first = found[0]
    block = first.place.block
    named = sum(word[:1].isupper() for word in re.findall(r"[A-Za-z]+", first.long)[1:] if word.lower() not in _SMALL)
    running = len(block.spelt) >= 8 and block.kind is not Kind.HEADING and not first.reversed
    return (
        running
        and not named
        and len(found) == 1
        and len(uses) <= 1
        and "(" in block.plain[first.place.start : first.place.end]
    )


def _idle(unused: list[_Definition]) -> Hit:
    """One hit for all of them: the first, with the others beside it."""
    first, *others = unused
    related = tuple(
        Related(other.place.block.span(other.place.start, other.place.end), "also-unused") for other in others
    )
    hit = _hit(first.place, "unused", ", ".join(item.short for item in unused), first.long)
    return replace(hit, related=related)


def _hit(place: _Place, variant: str, short: str, long: str = "") -> Hit:
    return Hit(place.block.span(place.start, place.end), {"short": short, "long": long}, variant=variant)


def _bare(short: str) -> str:
    """The abbreviation without its plural s."""
    return short[:-1] if len(short) > 2 and short.endswith("s") else short


def _is_shouted(block: Block) -> bool:
    """Whether ``block`` is set in capitals, where an abbreviation cannot be told from a word."""
    text = block.plain
    if text.isascii() and len(_CAPITAL.findall(text)) * 2 <= sum([len(word) for word in block.spelt if word.isalpha()]):
        return False  # as nearly all, at a third of the price
    return sum(map(str.isupper, text)) * 2 > sum(map(str.isalpha, text))


def _definitions(block: Block) -> Iterator[_Definition]:
    """The abbreviations that ``block`` explains, in either order."""
    text = block.plain
    for inline in block.inlines:
        title = inline.element.attrs.get("title", "") if inline.element.tag == "abbr" else ""
        if title:
            yield _Definition(text[inline.start : inline.end], title, _Place(block, inline.start, inline.end), False)
    if "(" not in text or not _CAPITALS.search(text):
        return
    for match in _AFTER_LONG.finditer(text):
        window = max(0, match.start() - 200)
        start = _long_form(text[window : match.start()], match[1])
        if start >= 0:
            start += window
            yield _Definition(match[1], text[start : match.start()].strip(), _Place(block, start, match.end()), False)
    for match in _REVERSED.finditer(text):
        first = re.split(r",| and | or ", match["short"])[0].strip()
        if _initials(first, match["long"]):
            yield _Definition(match["short"], match["long"].strip(), _Place(block, *match.span()), True)


def _long_form(before: str, short: str) -> int:
    """Where the long form of ``short`` begins that ends ``before`` (Schwartz and Hearst 2003); -1 if none fits."""
    letters = [char.lower() for char in _bare(short) if char.isalnum()]
    words = [match.start() for match in _WORD.finditer(before)]
    if len(words) < 2:
        return -1
    most = min(len(letters) + 5, len(letters) * 2)
    stop = max(map(before.rfind, ".;:!?()")) + 1
    floor = max(words[-most:][0], stop)
    place = len(before) - 1
    for number, letter in enumerate(reversed(letters), 1):
        last = number == len(letters)
        while place >= floor and (
            before[place].lower() != letter or (last and place > 0 and before[place - 1].isalnum())
        ):
            place -= 1
        if place < floor:
            return -1
        place -= 1
    start = place + 1
    return start if " " in before[start:].strip() or "-" in before[start:] else -1


def _initials(short: str, text: str) -> bool:
    """Whether the words of ``text`` spell ``short`` with their first letters, small words left out or in.

    One letter of four and more may come from inside a word: GERD is gastroesophageal reflux disease.
    """
    letters = _bare(short).lower()
    words = [word.lower() for word in re.findall(r"[A-Za-z]+", text)]
    for spelt in ("".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)):
        if letters in spelt:
            return True
        inside = (letters[:cut] + letters[cut + 1 :] for cut in range(1, len(letters)))
        if len(letters) > 3 and any(spelt == rest for rest in inside) and _in_order(letters, " ".join(words)):
            return True
    return False


def _in_order(letters: str, text: str) -> bool:
    place = -1
    return all((place := text.find(letter, place + 1)) >= 0 for letter in letters)


def _same(one: str, other: str) -> bool:
    """Whether two long forms are the same words but for case, hyphens, plural and small words."""

    def plain(text: str) -> list[str]:
        return [word.rstrip("s") for word in re.findall(r"[a-z]+", text.lower()) if word not in _SMALL]

    left, right = plain(one), plain(other)
    return left == right or left == right[-len(left) :] or right == left[-len(right) :]


def _needs_telling(short: str, places: list[_Place]) -> bool:
    """Whether ``short`` is an abbreviation that readers may not know, not a shouted word, numeral, name or credential."""
    if not 3 <= len(short) <= 5 or not short.isupper() or short in _SHOUTED or _ROMAN.fullmatch(short):
        return False
    if any(_is_part_of_name(place) for place in places[:3]):
        return False
    if len(short) < 4:
        return True
    from medlint.lexicon import words

    return not words.known(short.lower())


def _is_part_of_name(place: _Place) -> bool:
    """Whether the abbreviation belongs to a name: "Ann Lee, LCSW", "the VHA Office", "Class IIA", "CST)"."""
    text = place.block.plain
    before, after = text[max(0, place.start - 20) : place.start], text[place.end : place.end + 12]
    if before.endswith((", ", "(")) or place.block.kind is Kind.HEADING:
        return True
    return bool(_NAME_BEFORE.search(before) or _NAME_AFTER.match(after))


_NAME_BEFORE = re.compile(r"(?<![.!?:] )(?<!^)\b[A-Z][a-z]+ $|\d $|^[A-Z][a-z]{1,3} $")
_NAME_AFTER = re.compile(r" (?:[A-Z][a-z]|\d)")


def _spelt_out(short: str, text: list[tuple[int, str]]) -> bool:
    """Whether the words behind ``short`` stand somewhere on the page in full."""
    letters = short.lower()
    pattern = re.compile(
        r"\b"
        + r"(?:[\s-]+(?:(?:and|of|the|for|in|on|to|with)\s+)?)".join(rf"{letter}[a-z']+" for letter in letters)
        + r"\b"
    )
    return any(pattern.search(lower) for _, lower in text)
