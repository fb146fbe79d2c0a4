"""Names of people: where one stands in a byline, what it is without titles and letters, and when two are the same."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import msgspec

from medlint.data import table
from medlint.document import OPAQUE
from medlint.facts import credentials
from medlint.facts.credentials import Credential


class _Parts(msgspec.Struct, frozen=True):
    particles: tuple[str, ...]
    honorifics: tuple[str, ...]
    suffixes: tuple[str, ...]
    stop_words: tuple[str, ...]
    also_names: tuple[str, ...]


class _Names(msgspec.Struct, frozen=True):
    names: _Parts


class _Words(msgspec.Struct, frozen=True):
    leads: tuple[str, ...]
    organisations: tuple[str, ...]
    closers: tuple[str, ...]
    stand_ins: tuple[str, ...]
    surnames: tuple[str, ...]


class Named(msgspec.Struct, frozen=True):
    """A person named in a text: the range of the name there, without honorific and letters.

    ``end`` is where letters and titles end too; ``honorific`` as written ("Dr."), and ``credentials`` in the order in
    which they stand.
    """

    name: str
    start: int
    name_end: int
    end: int
    honorific: str
    credentials: tuple[Credential, ...]


class _Lexicon(msgspec.Struct, frozen=True):
    particles: frozenset[str]
    honorifics: frozenset[str]
    suffixes: frozenset[str]
    bodies: frozenset[str]
    closers: frozenset[str]
    leads: frozenset[str]
    stand_ins: frozenset[str]
    surnames: frozenset[str]
    months: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    parts, words = table("credentials", _Names).names, table("byline-words", _Words)
    closers = frozenset(word.lower() for word in words.closers)
    bodies = frozenset(word.lower() for word in (*parts.stop_words, *words.organisations)) - {
        w.lower() for w in parts.also_names
    }
    return _Lexicon(
        frozenset(word for particle in parts.particles for word in particle.lower().split()),
        frozenset(word.lower().rstrip(".") for title in parts.honorifics for word in title.split()),
        frozenset(word.rstrip(".") for word in parts.suffixes),
        bodies,
        closers,
        frozenset(words.leads) | credentials.title_words(),
        frozenset(name.lower() for name in words.stand_ins),
        frozenset(name.lower() for name in words.surnames),
        frozenset(name.lower() for name in parts.also_names),
    )


_TOKEN = re.compile(r"(?:[^\W\d_]\.){1,4}|St\.(?= [A-Z])|[^\W\d_]+(?:['’\-‐‑.·][^\W\d_]+)*['’]?")
_GAP = re.compile(r"[ \u00a0]{1,3}")
_SKIPPED = re.compile(rf"[\s:{OPAQUE}\-–—]*")
_CAMEL = re.compile(r"[a-z][A-Z]")
_CAMEL_NAME = re.compile(r"(?:Mc|Mac|De|Di|Da|Du|La|Le|Lo|Van|Von|Fitz|Del|O|St|Ma|Mc)[A-Z][a-z]+")
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\b\.?")
_POSSESSIVE = re.compile(r"[^\W\d_]+['’]s\b")
_TEAM_FOLLOWS = re.compile(
    r"\s+(?:[a-z-]+ ){0,3}(?:team|staff|board|panel|group|department|clinic|doctors|clinicians|editors|experts|nurses|pharmacists|network)\b"
)
_STATE_AND_ZIP = re.compile(r",? [A-Z]{2} \d{5}\b")
_NOT_ALONE = re.compile(
    r"(?:'s|’s)\b|,? et al|,? (?:and|&) (?:colleagues|co-?workers|others|team|associates|his|her|their|the team)\b",
    re.I,
)
_FIELD = re.compile(r"^ \([A-Z][^()\d]{2,40}\)")
"""The field of a degree: "MD (Psychiatry)"."""
_ROLE_WORDS = frozenset(("Content", "Staff", "Health", "Freelance", "Contributing", "Guest", "Science"))
_JOINED = re.compile(r"\s*(?:,\s*(?:and|&)|;|/|\||•|·|\band\b|&|\n)\s*|\s*,\s*", re.I)
_NEXT_PART = re.compile(r"[|•·;\n]|\s[–—-]\s|\b(?:19|20)\d\d\b|[.!?](?:\s|$)")
_BARE = frozenset((",", "", "|", "/", "•", "·"))
_CHUNK = re.compile(r"[^,;|\n]{1,80}")
_LIST_GOES_ON = re.compile(r"\s*(?:,|&|and\b|[|•·\n]|$)")
_AFTER_LEAD = re.compile(r"[ \u00a0,.:(]{0,3}")
_SPECIALTY = re.compile(r"\s+[-–—]\s+[A-Z][A-Za-z ,]{2,50}?(?=\s+(?:&|and)\s+[A-Z])")
"""What is between one reviewer and the next: "MD - Family Medicine & Bo Karl, MD"."""
_MOST_PARTS = 7
_MOST_PEOPLE = 40
_LONGEST_TITLE = 90


def first(text: str, position: int = 0, end: int | None = None, *, strict: bool = False) -> Named | None:
    """The person whose name begins at ``position`` of ``text``, after colons, dashes, role words and honorifics.

    ``strict`` demands that the name itself begins there. None where the words name a body, a control or nobody.
    """
    end = len(text) if end is None else end
    start = _SKIPPED.match(text, position, end).end()  # type: ignore[union-attr]
    lexicon = _lexicon()
    honorific = ""
    lead = start
    while token := _TOKEN.match(text, start, end):
        word = token[0].lower().rstrip(".")
        if word in lexicon.honorifics:
            stop = token.end() + (text[token.end() : token.end() + 1] == ".")
            honorific = f"{honorific} {text[start:stop]}".strip()
        elif strict or word not in lexicon.leads or (len(word) == 1 and token[0].isupper()):
            break
        else:
            stop = token.end()
        gap = _AFTER_LEAD.match(text, stop, end)
        start = gap.end() if gap else stop
    found = _run(text, start, end, lexicon, bool(honorific))
    if found is None:
        return None
    name, name_end, doubtful = found
    if (
        name.lower() in lexicon.stand_ins
        or _NOT_ALONE.match(text, name_end, end)
        or _TEAM_FOLLOWS.match(text, name_end)
    ):
        return None
    letters, stop = credentials.after_name(text, name_end, end)
    if _NOT_ALONE.match(text, stop, end):
        return None
    if (letters and credentials.is_place(name, letters[0].written)) or _STATE_AND_ZIP.match(text, name_end, end):
        return None
    if doubtful and not honorific and not any(item.token for item in letters):
        return None
    before = tuple(credentials.titles_in(text[lead:start])) if start > lead else ()
    after, finish = _titles_after(text, stop, end)
    return Named(name, start, name_end, finish, honorific, tuple(dict.fromkeys((*letters, *before, *after))))


def all_of(text: str, position: int = 0, end: int | None = None, *, loose: bool = False) -> Iterator[Named]:
    """The people listed from ``position`` on: "A, MD, and B, PharmD", "Ph.D., C, Ph.D.", "D; E".

    After a mere comma, line or bar, and after an affiliation, a further person must carry letters: "Boston, New York"
    names nobody. If ``loose``, or with a title before it, a name after a comma need not, if the list goes on or ends
    after it.
    """
    end = len(text) if end is None else end
    person = first(text, position, end)
    for _ in range(_MOST_PEOPLE):
        if person is None:
            return
        yield person
        stop, person = person.end, None
        for _ in range(4):
            if specialty := _SPECIALTY.match(text, stop, end):
                stop = specialty.end()
            joint = _JOINED.match(text, stop, end)
            if joint is None:
                break
            mark = joint[0].strip().lower()
            bare = mark in _BARE
            candidate = first(text, joint.end(), end, strict=bare)
            if candidate and (
                not bare
                or _lettered(candidate)
                or ((loose or candidate.honorific) and mark == "," and _listed(text, candidate, end))
            ):
                person = candidate
                break
            following = _CHUNK.match(text, joint.end(), end)
            if following is None or mark != ",":
                break
            stop = following.end()


def _lettered(person: Named) -> bool:
    return any(item.token for item in person.credentials)


def _listed(text: str, person: Named, end: int) -> bool:
    """Whether a name is one of a list, and no town."""
    a_role = credentials.title_words().issuperset(person.name.lower().split())
    return not a_role and not credentials.is_city(person.name) and bool(_LIST_GOES_ON.match(text, person.end, end))


def whole(text: str) -> Named | None:
    """The person that ``text`` names and nothing else, but for letters, titles and punctuation."""
    person = first(text, strict=True)
    if person is None or person.name.startswith("By "):
        return None
    if text[person.name_end : person.name_end + 1].isupper() and len(text) < _LONGEST_TITLE:
        return person  # lost markup glues a role to the name
    rest = _FIELD.sub("", text[person.end :]) if person.credentials else text[person.end :]
    return person if not re.search(r"\w", rest) else None


def _run(text: str, start: int, end: int, lexicon: _Lexicon, titled: bool) -> tuple[str, int, bool] | None:
    """The name that begins at ``start``, where it ends, and whether its words might as well be a body's."""
    parts: list[str] = []
    doubtful = False
    position = stop = start
    full = initials = 0
    while len(parts) < _MOST_PARTS and (token := _TOKEN.match(text, position, end)):
        word = token[0]
        lower = word.lower().rstrip(".")
        known = credentials.letters(word) if parts and len(word) > 1 else None
        if (
            known is not None
            and (full >= 2 or (full and initials) or "." in word or word.isupper())
            and not _is_initials(word)
        ):
            break
        if (word.rstrip(".") in lexicon.suffixes and full >= 1 and not _goes_on(text, token)) or word.endswith(
            ("'s", "’s")
        ):
            break
        if lower in lexicon.particles and word.islower():
            parts.append(word)
        elif not _capital(word) or (full >= 2 and word[0].islower()):
            break
        elif (
            full >= 2
            and lower in lexicon.closers
            and not (lower in lexicon.months and not _digit_follows(text, token.end()))
        ):
            if _body_follows(text, token.end(), end, lexicon):
                return None
            break
        elif lower in lexicon.bodies and lower not in lexicon.surnames:
            return None
        elif _is_initials(word):
            parts.append(word)
            initials += 1
            stop = token.end() + (text[token.end() : token.end() + 1] == "." and not word.endswith("."))
        elif (not full and _CAMEL.search(word) and not _CAMEL_NAME.fullmatch(word)) or "." in word.rstrip("."):
            return None
        elif full and (cut := _glued(word, parts[0], lexicon)):
            stop = token.start() + cut
            full += 1
            break
        else:
            parts.append(word)
            full += 1
            doubtful = doubtful or lower in lexicon.surnames
            stop = token.end()
        gap = _GAP.match(text, max(stop, token.end()), end)
        if gap is None:
            break
        position = gap.end()
    enough = full >= 2 or (full and initials) or (full and titled) or (full and _unspaced(parts[0]))
    if not enough or full > 5 or _POSSESSIVE.match(text, position, end):
        return None
    if suffix := _SUFFIX.match(text, stop, end):
        stop = suffix.end()
    return " ".join(text[start:stop].split()), stop, doubtful


def _glued(word: str, given: str, lexicon: _Lexicon) -> int:
    """Where lost markup glues a role or the name again to a surname: "LimPsychiatrist", "LimAda" after "Ada"."""
    camel = _CAMEL.search(word)
    rest = word[camel.start() + 1 :] if camel else ""
    told = rest == given or rest.lower() in lexicon.leads or rest.lower() in lexicon.closers or rest in _ROLE_WORDS
    return camel.start() + 1 if camel and told else 0


def _goes_on(text: str, token: re.Match[str]) -> bool:
    """Whether one letter is the initial of a middle name, as more of the name follows: "Ann V. Lee", not "Ann Lee V"."""
    return _is_initials(token[0]) and bool(re.match(r"\.? [^\W\d_][^\W\d_]", text[token.end() : token.end() + 4]))


def _digit_follows(text: str, position: int) -> bool:
    return text[position : position + 3].strip(" .")[:1].isdigit()


def _is_initials(word: str) -> bool:
    bare = word.replace(".", "")
    return len(bare) == 1 or (
        "." in word and all(len(part) <= 1 for part in word.split(".")) and credentials.letters(word) is None
    )


def _capital(word: str) -> bool:
    """Whether a word may be part of a name: it begins with a capital, or its script has none."""
    head = word[0]
    return head.isupper() or not head.islower() or bool(re.match(r"[dl]['’][A-Z]|al-[A-Z]|el-[A-Z]", word))


def _unspaced(word: str) -> bool:
    """Whether ``word`` is of a script that writes names without spaces."""
    return len(word) >= 2 and unicodedata.name(word[0], "").startswith(
        ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI")
    )


def _body_follows(text: str, position: int, end: int, lexicon: _Lexicon) -> bool:
    """Whether the next word makes the run a body after all ("Baptist Memorial Medical Center")."""
    token = _TOKEN.match(text, position + 1, end)
    return bool(
        token
        and token[0][0].isupper()
        and token[0].lower() in lexicon.bodies
        and token[0].lower() not in lexicon.closers
    )


def _titles_after(text: str, position: int, end: int) -> tuple[tuple[Credential, ...], int]:
    """The titles in the words after a name and letters, up to the next part of the byline."""
    opening = re.compile(r"\s*[,(–-]\s*(?:(?:a|an|the|our)\s)?|\s+is\s+(?:a|an|the)\s|(?<=[a-z])(?=[A-Z])").match(
        text, position, end
    )
    if opening is None:
        return (), position
    stop = min(end, opening.end() + _LONGEST_TITLE)
    limit = _NEXT_PART.search(text, opening.end(), stop)
    stop = limit.start() if limit else stop
    comma = text.find(",", opening.end(), stop)
    stop = comma if comma >= 0 else stop
    found = tuple(credentials.titles_in(text[opening.end() : stop]))
    return (found, stop) if found else ((), position)


# Comparison


def normal(name: str) -> tuple[str, ...]:
    """The words of a name as they compare: no accents, case, full stops, honorific or suffix."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    lexicon = _lexicon()
    words = re.findall(r"[^\W\d_]+", plain.replace("’", "").replace("'", ""))
    return tuple(
        word for word in words if word not in lexicon.honorifics and word not in ("jr", "sr", "ii", "iii", "iv")
    )


def same(one: str, other: str, *, exactly: bool = False) -> bool:
    """Whether two names may be one person's: equal but for order, middle names and initials, and unless ``exactly`` for
    spellings up to two letters apart."""
    left, right = normal(one), normal(other)
    if not left or not right:
        return False
    if set(left) == set(right):
        return True
    if len(left) == 1 or len(right) == 1:
        return not exactly and left[-1] == right[-1]
    near = str.__eq__ if exactly else _near
    given, its = left[0], right[0]
    if not near(left[-1], right[-1]):
        return given == right[-1] and left[-1] == its
    if 1 in (len(given), len(its)):
        return given[0] == its[0]
    return near(given, its) or (not exactly and (given.startswith(its) or its.startswith(given)))


def _near(one: str, other: str) -> bool:
    """Whether two words are at most two letters apart, and not too short for that to mean anything."""
    if one == other:
        return True
    allowed = 2 if min(len(one), len(other)) >= 6 else 1 if min(len(one), len(other)) >= 4 else 0
    return abs(len(one) - len(other)) <= allowed and _distance(one, other) <= allowed


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        previous, row = row, [i]
        for j, right in enumerate(other, 1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (left != right)))
    return row[-1]


__all__ = ["Named", "all_of", "first", "normal", "same", "whole"]
