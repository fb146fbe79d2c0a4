"""Who wrote the page and who reviewed it: every signal, visible or in its data, and what only looks like one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

import msgspec
from msgspec.structs import replace

from medlint.data import table
from medlint.document import Block, Document, Kind, Person, Zone
from medlint.facts import byline, credentials, names
from medlint.facts.byline import Byline, Placed, Statement
from medlint.facts.credentials import Credential
from medlint.facts.labels import Role
from medlint.matching import Scanner
from medlint.source import Span

BYLINE = "byline"
THANKS = "acknowledgements"
_MOST = 200
"""How many people one page is believed to name in a role."""
_META = ("meta", "rel-author")
_TYPED = ("json-ld", "microdata", "rdfa", "front-matter")


class NearMiss(msgspec.Struct, frozen=True):
    """Something that looks like a reviewer and is none: what it is instead, where, and its words.

    Kinds: fact-check, edit, peer-review, update, thanks, regulator, boilerplate, meta.
    """

    kind: str
    span: Span
    text: str


class Placeholder(msgspec.Struct, frozen=True):
    """What stands where a reviewer's name should: a ``team`` or body, or a ``blank`` that nobody filled in."""

    kind: str
    span: Span
    text: str


class People(msgspec.Struct, frozen=True):
    """Who made the page.

    ``reviewers`` are the persons said to have reviewed it, each once, with all credentials the page gives; ``visible``
    those of them that readers see, ``marked`` those that its structured data names. ``authors`` has persons first, then
    bodies. ``searched`` says where reviewers were looked for, and ``place`` where a reviewer line belongs. ``templated``
    is whether a template fills in the reviewer when the page is published.
    """

    reviewers: tuple[Person, ...]
    authors: tuple[Person, ...]
    visible: tuple[Person, ...]
    marked: tuple[Person, ...]
    near_misses: tuple[NearMiss, ...]
    placeholders: tuple[Placeholder, ...]
    searched: tuple[str, ...]
    place: Span
    templated: bool
    byline: Byline


class _Words(msgspec.Struct, frozen=True):
    regulators: tuple[str, ...]
    stand_ins: tuple[str, ...]


def find(document: Document) -> People:
    """The people of ``document``."""
    line = byline.find(document)
    reviews = [statement for statement in line.statements if _reviews_page(document, statement)]
    visible = tuple(_visible(document, reviews))
    declared = tuple(_declared(document.metadata.reviewers))
    marked = tuple(person for person in declared if person.kind != "organisation")
    reviewers = _merged((*visible, *(person for person in marked if person.origin not in _META)))
    reviewers = tuple(_with_biography(document, person) for person in reviewers)
    return People(
        reviewers=reviewers,
        authors=_authors(document, line),
        visible=visible,
        marked=marked,
        near_misses=tuple(_near_misses(document, line, reviews, marked, reviewers)),
        placeholders=tuple(_placeholders(document, reviews)),
        searched=tuple(_searched(document)),
        place=line.place,
        templated=any(statement.templated for statement in reviews),
        byline=line,
    )


def _reviews_page(document: Document, statement: Statement) -> bool:
    """Whether a statement is of a medical review of the page.

    A journal's reviewers read the paper for the journal. Elsewhere, a peer review by a clinician is a medical review.
    """
    if any(kind.endswith("ScholarlyArticle") for kind in document.metadata.types):
        return statement.role is Role.REVIEW and re.match(r"(?i)medical|clinical", statement.words) is not None
    if statement.role is Role.PEER_REVIEW:
        return any(byline.is_clinician(placed) for placed in statement.people)
    return statement.role is Role.REVIEW


def known(person: Person) -> tuple[Credential, ...]:
    """The credentials of ``person`` as the table knows them."""
    return credentials.read(person.credentials)


# Persons out of signals


def _visible(document: Document, reviews: Iterable[Statement]) -> Iterator[Person]:
    """The reviewers that readers see, each once."""
    named = (
        _person(document, placed, THANKS if statement.thanks else BYLINE)
        for statement in reviews
        for placed in statement.people
    )
    return iter(_merged(named))


def _person(document: Document, placed: Placed, origin: str) -> Person:
    named = placed.person
    name = named.name if " " in named.name else f"{named.honorific} {named.name}".strip()
    text = f"{named.honorific} {named.name}".strip()
    return Person(
        name,
        tuple(item.written for item in named.credentials),
        placed.span,
        origin,
        url=_address(document, placed),
        text=text,
    )


def _address(document: Document, placed: Placed) -> str:
    """Where the name, or a link to the person's biography right after it, leads."""
    named, block = placed.person, placed.block
    for link in block.links:
        if link.start < named.name_end and link.end > named.start:
            return link.element.attrs["href"]
    for near in document.blocks[block.index : block.index + 3]:
        for link in near.links:
            if re.fullmatch(
                r"(?i)(?:view|see|read)?(?: (?:full|their|his|her|my))? ?(?:bio(?:graphy)?|profile)\W*",
                near.plain[link.start : link.end].strip(),
            ):
                return link.element.attrs["href"]
    return ""


def _declared(people: Iterable[Person]) -> Iterator[Person]:
    """The persons and bodies that data names, with names made plain: "Ann Lee, MD" is Ann Lee, who is an MD."""
    for raw in people:
        found = tuple(names.all_of(_natural(raw)))
        if not found and (reference := _reference(raw)):
            yield replace(raw, name=reference, kind="reference")
        elif not found:
            yield replace(raw, kind="organisation")
        for named in found if raw.kind != "organisation" else ():
            written = tuple(dict.fromkeys((*raw.credentials, *(item.written for item in named.credentials))))
            name = named.name if " " in named.name else f"{named.honorific} {named.name}".strip()
            honorific = named.honorific or (
                raw.text.partition(" ")[0] if raw.text != raw.name and raw.text.endswith(raw.name) else ""
            )
            yield replace(raw, name=name, credentials=written, text=f"{honorific} {named.name}".strip())
        if found and raw.kind == "organisation":
            yield raw


def _natural(person: Person) -> str:
    """The name in its natural order, where data has "Lee, Ann"."""
    if person.origin in _META or person.origin == "front-matter":
        last, comma, given = person.name.partition(", ")
        if comma and "," not in given and " " not in last.strip() and credentials.letters(given) is None:
            return f"{given} {last}"
    return person.name


def _reference(person: Person) -> str:
    """The name in a key such as ``ann-lee``, by which front matter refers to a person kept elsewhere."""
    if person.origin != "front-matter" or not re.fullmatch(r"[a-z]{2,}(?:[-_][a-z]{2,}){1,3}", person.name):
        return ""
    named = names.whole(re.sub(r"[-_]", " ", person.name).title())
    return named.name if named else ""


def _merged(people: Iterable[Person]) -> tuple[Person, ...]:
    """Each person once, with the credentials and address of all mentions, as first named."""
    found: list[Person] = []
    for person in islice(people, _MOST):
        for index, other in enumerate(found):
            if names.same(person.name, other.name):
                written = (*other.credentials, *(text for text in person.credentials if not _has(other, text)))
                found[index] = replace(other, credentials=written, url=other.url or person.url)
                break
        else:
            found.append(person)
    return tuple(found)


def _has(person: Person, written: str) -> bool:
    bare = re.sub(r"[.\s]", "", written).lower()
    return any(re.sub(r"[.\s]", "", text).lower() == bare for text in person.credentials)


def _with_biography(document: Document, person: Person) -> Person:
    """``person`` with the credentials that the page gives elsewhere: after the name, or in a biography."""
    if credentials.groups(known(person)):
        return person
    surname = person.name.split()[-1].lower()
    found: list[str] = []
    for block in document.blocks:
        if surname not in block.lower or block.zone is Zone.SOURCES or len(block.text) > 3000:
            continue
        text = block.plain
        at = text.find(person.name)
        if at >= 0:
            found += (item.written for item in credentials.after_name(text, at + len(person.name), len(text))[0])
        about = block.zone is Zone.BIO or re.match(
            rf"(?:Dr\.? |Prof\.? )?(?:{re.escape(person.name)}|(?:\w+ )?{re.escape(person.name.split()[-1])})\b[^.]{{0,60}}? is (?:an?|the) ",
            text,
        )
        if about and surname in block.lower[:80]:
            end = block.sentences[0].end if block.sentences else len(text)
            found += (item.written for item in credentials.titles_in(text[: max(end, 120)]))
    fresh = [text for text in dict.fromkeys(found) if not _has(person, text)]
    return replace(person, credentials=(*person.credentials, *fresh)) if fresh else person


# Authors


def _authors(document: Document, line: Byline) -> tuple[Person, ...]:
    people: list[Person] = []
    for statement in line.statements:
        if statement.role is Role.WRITE:
            people += (_person(document, placed, BYLINE) for placed in statement.people)
    people += (_person(document, placed, BYLINE) for placed in line.lone_names)
    declared = tuple(_declared(document.metadata.authors))
    people += (person for person in declared if person.kind == "person")
    # A <meta> says of no name what it is, and is mostly the site's own.
    bodies = (
        person
        for person in declared
        if person.kind == "organisation" and person.origin in _TYPED and _is_body(person, document)
    )
    return (*_merged(people), *_merged_bodies(bodies))


def _is_body(person: Person, document: Document) -> bool:
    """Whether data names a body as author, and not a login, a mail address or a key."""
    declared = next((raw for raw in document.metadata.authors if raw.span == person.span), person)
    return declared.kind == "organisation" or (
        person.origin == "front-matter" and bool(re.match(r"[A-Z][\w.&'-]*(?: [\w.&'-]+)+$", person.name))
    )


def _merged_bodies(bodies: Iterable[Person]) -> tuple[Person, ...]:
    return tuple({person.name.lower(): person for person in reversed(tuple(bodies))}.values())[::-1]


# What is no reviewer

_NEAR = {
    Role.REVIEW: "peer-review",
    Role.FACT_CHECK: "fact-check",
    Role.EDIT: "edit",
    Role.PEER_REVIEW: "peer-review",
    Role.UPDATE: "update",
    Role.THANK: "thanks",
}
_VETTING = Scanner(("review", "vetted", "checked by"))
_EVERYTHING = re.compile(
    r"\b(?:(?:all|every|each|any)(?: of)?(?: (?:our|the|its|this|these))?|our)(?: [\w'-]+){0,3}? "
    r"(?:articles?|content|pages?|information|guides?|posts?|stories|materials?|resources)\b(?: [\w'-]+){0,5}? "
    r"(?:is|are|was|were|has been|have been|gets?|undergoe?s?)(?: [\w'-]+){0,5}? "
    r"(?:reviewed|checked|vetted|verified|approved|overseen)\b[^.]{0,30}\bby\b[^.]{0,60}"
    r"\b(?:doctors?|physicians?|clinicians?|experts?|professionals?|specialists?|pharmacists?|nurses?|team|board|staff|panel|reviewers?)\b",
    re.IGNORECASE,
)


def _near_misses(
    document: Document,
    line: Byline,
    reviews: Sequence[Statement],
    marked: Sequence[Person],
    reviewers: Sequence[Person],
) -> Iterator[NearMiss]:
    counted = {id(statement) for statement in reviews if statement.people}
    for statement in line.statements:
        if id(statement) in counted:
            continue
        if statement.role in _NEAR and statement.people:
            people = ", ".join(placed.person.name for placed in statement.people[:3])
            span = Span(
                statement.span.start,
                max(statement.span.end, *(p.span.end for p in statement.people if p.block is statement.block), 0),
            )
            yield NearMiss(_NEAR[statement.role], span, people)
        elif statement.role is Role.REVIEW and not statement.people and (regulator := _regulator(statement.value)):
            yield NearMiss("regulator", statement.span, regulator)
    for block in _VETTING.holding(document):
        if block.hidden or block.zone in (Zone.NAV, Zone.RELATED, Zone.META) or block.kind is Kind.ALT:
            continue
        if match := _EVERYTHING.search(block.plain):
            yield NearMiss("boilerplate", block.span(match.start(), match.end()), match[0])
    for person in marked:
        if person.origin in _META and not any(names.same(person.name, other.name) for other in reviewers):
            yield NearMiss("meta", person.span, person.name)


@cache
def _words() -> _Words:
    words: _Words = table("byline-words", _Words)
    return words


def _regulator(value: str) -> str:
    text = re.sub(r"^(?:by|:|the|\s)+", "", value, flags=re.I)
    return next((name for name in _words().regulators if re.match(rf"(?:U\.?S\.? )?{re.escape(name)}\b", text)), "")


_TEAM = re.compile(
    r"(?i)\b(?:team|staff|board|panel|committee|council|department|editors?|editorial|network|experts?|doctors?|physicians?|clinicians?|professionals?|"
    r"specialists?|pharmacists?|nurses?|dietitians?|therapists?|psychologists?|psychiatrists?|dentists?|dermatologists?|scientists?|advis[eo]rs?|reviewers?|"
    r"contributors?|clinic|hospital|institute|university|society|association|foundation|academy|college|group|cent(?:er|re)|service|trust|practice|we|us)\b"
)
_BLANK = re.compile(
    r"(?i)^(?:\W*$|\[|\{|<|_{2,}|x{3,}|t\.?b\.?[dac]\b|n/?a\b|none\b|null\b|undefined\b|pending\b|unknown\b|to be (?:confirmed|added|decided)|lorem\b|"
    r"(?:dr\.? )?(?:jane|john) (?:q\.? )?doe\b|(?:insert|your|reviewer|doctor|author|first|full|reviewer's)[ _-]?(?:name|reviewer)?\b|name\b|coming soon|placeholder|example\b|test\b|"
    r"view (?:bio|profile)|dr\.? reviewer\b|.{0,40}\b(?:to be (?:confirmed|decided|announced|added)|required|needed)\b)"
)


def _placeholders(document: Document, reviews: Iterable[Statement]) -> Iterator[Placeholder]:
    for statement in reviews:
        if statement.people or statement.templated or (statement.dates and not statement.value.startswith("by ")):
            continue
        if kind := _stands_in(re.sub(r"(?i)^[\s:]*(?:by\b)?[\s:]*", "", statement.value)):
            yield Placeholder(kind, _whole_span(statement), statement.value)
    for raw in document.metadata.reviewers:
        if raw.kind == "organisation":
            yield Placeholder("team", raw.span, raw.name)
        elif not tuple(names.all_of(_natural(raw))) and not _reference(raw) and (kind := _stands_in(raw.name)):
            yield Placeholder(kind, raw.span, raw.name)


def _stands_in(text: str) -> str:
    """What ``text`` is where a name should be: a ``team``, a ``blank``, or nothing that claims to be a reviewer."""
    if _BLANK.match(text) or text.lower() in (name.lower() for name in _words().stand_ins):
        return "blank"
    if re.match(r"\d", text) or "et al" in text.lower() or _regulator(text):
        return ""
    return "team" if _TEAM.search(text[:120]) or re.match(r"(?:the )?[A-Z][\w.&'-]+", text) else ""


def _whole_span(statement: Statement) -> Span:
    """The label and the value in its block."""
    text = statement.block.plain
    at = text.find(statement.value, statement.end) if statement.value else -1
    return statement.block.span(statement.start, at + len(statement.value) if at >= 0 else statement.end)


def _searched(document: Document) -> Iterator[str]:
    yield "the visible text"
    if document.metadata.front_matter is not None:
        yield "the front matter"
    if document.format == "html":
        yield "the structured data"


__all__ = ["Block", "NearMiss", "People", "Placeholder", "find", "known"]
