"""What a page says of itself to machines: front matter, JSON-LD, microdata, RDFa and ``<meta>``, as one Metadata.

Values are kept as written, with their places: whether "Ann Lee, MD" is a person and what MD means is for facts to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from medlint import date_text
from medlint.document import Block, Date, Element, Kind, Metadata, Person, Problem, Zone
from medlint.readers import located, structured
from medlint.readers.builder import Builder, attribute_span
from medlint.readers.located import Located, Unreadable
from medlint.readers.structured import JSON_LD, Object, Structured, Thing, as_list
from medlint.source import Source, Span

FRONT_MATTER = "front-matter"
META = "meta"
LINK = "rel-author"

_ROLES = ("authors", "reviewers")
_TIMES = ("published", "updated", "reviewed", "due")


class _Page:
    """Collects what the origins say, the most telling origin first."""

    def __init__(self) -> None:
        self.people: dict[str, list[Person]] = {role: [] for role in _ROLES}
        self.dates: dict[str, list[Date]] = {time: [] for time in _TIMES}
        self.words: dict[str, str] = {}
        self.types: list[str] = []
        self.citations: list[str] = []
        self.states: set[str] = set()
        self.suppressions: dict[str, str] = {}
        self.problems: list[Problem] = []

    def say(self, name: str, value: Any) -> None:
        """Take ``value`` as the page's ``name`` unless a more telling origin gave one."""
        if isinstance(value, str) and value.strip():
            self.words.setdefault(name, value.strip())

    def date(self, time: str, value: Any, origin: str) -> None:
        """Take each date in ``value``; a text that is none is a problem of structured data, and else no date."""
        for item in as_list(value):
            if not isinstance(item, Located) or not item.strip():
                continue
            if found := date_text.read(item):
                self.dates[time].append(Date(found.day.isoformat(), found.precision, item.span, origin, str(item)))
            elif origin == JSON_LD:
                self.problems.append(Problem(item.span, "date", str(item)[:60]))


def read(source: Source, format: str, builder: Builder) -> tuple[Metadata, Block | None]:
    """The metadata of a page, and the title that its front matter gives as a block, for articles without an ``h1``.

    Never raises: what cannot be read becomes one of ``Metadata.problems`` and costs the article nothing.
    """
    page = _Page()
    front, title = _front_matter(source, format, page, builder)
    data = structured.read(source, builder)
    page.problems += data.problems
    _structured(page, data)
    _metas(page, source, builder)
    metadata = Metadata(
        title=page.words.get("title", ""),
        site=page.words.get("site", ""),
        url=page.words.get("url", ""),
        types=tuple(dict.fromkeys(page.types)),
        authors=tuple(page.people["authors"]),
        reviewers=tuple(page.people["reviewers"]),
        published=tuple(page.dates["published"]),
        updated=tuple(page.dates["updated"]),
        reviewed=tuple(page.dates["reviewed"]),
        due=tuple(page.dates["due"]),
        citations=tuple(page.citations),
        robots=page.words.get("robots", ""),
        states=frozenset(page.states),
        suppressions=page.suppressions,
        front_matter=front,
        problems=tuple(page.problems),
    )
    return metadata, title


# Front matter

_KEYS = {
    "title": "title headline",
    "site": "publisher sitename",
    "url": "canonical canonicalurl url",
    "authors": "author authors writtenby writer writers byline",
    "reviewers": "reviewer reviewers reviewedby medicalreviewer medicalreviewers medicallyreviewedby medicalreview "
    "clinicalreviewer clinicalreviewers clinicallyreviewedby clinicalreview expertreviewer expertreviewedby review",
    "published": "date published publishdate publishedat publishedon datepublished publicationdate pubdate created createdat",
    "updated": "updated lastmod lastupdated lastupdate lastmodified lastmodifiedat modified datemodified modifiedat "
    "updatedat updatedon updateddate dateupdated revised revisedon lastupdatedat lastupdatedon lastmodifiedon",
    "reviewed": "reviewed lastreviewed lastreview reviewdate datereviewed reviewedon reviewedat lastreviewedon "
    "lastreviewedat lastreviewdate medicallyreviewedon medicallyreviewedat medicalreviewdate lastmedicalreview lastmedicallyreviewed clinicallyreviewedon",
    "due": "nextreview nextreviewdate nextreviewdue reviewdue reviewduedate duereview",
    "citations": "sources references citations bibliography",
    "robots": "robots",
}
_MEANING = {key: meaning for meaning, keys in _KEYS.items() for key in keys.split()}
_NAMED = ("name", "fullname", "reviewer", "by", "reviewedby", "author")
_CREDENTIALS = ("credentials", "credential", "title", "qualifications", "qualification", "degree", "degrees", "honorificsuffix",
                "role", "jobtitle", "suffix")  # fmt: skip
_ADDRESSES = ("url", "link", "profile", "href", "website", "orcid", "npi", "gmc", "sameas", "bio")
_WHEN = ("date", "on", "reviewed", "reviewedon", "lastreviewed", "reviewdate")
_TRUE = frozenset(("true", "yes", "1"))


def _front_matter(source: Source, format: str, page: _Page, builder: Builder) -> tuple[Span | None, Block | None]:
    if format != "markdown" or not source.text.startswith(("---", "+++", "{")):
        return None, None
    from medlint.readers.markdown import front_matter

    head = front_matter(source.text)
    if head is None:
        return None, None
    whole, body, mark = head
    try:
        data = _decoded(source, body, mark)
    except Unreadable as error:
        page.problems.append(Problem(error.span, FRONT_MATTER, error.words))
        return whole, None
    if not isinstance(data, Mapping):
        return whole, None
    title = None
    params = data.get("params")
    for key, value in (*data.items(), *(params.items() if isinstance(params, Mapping) else ())):
        name = _key(key)
        meaning = _MEANING.get(name)
        if meaning == "title" and isinstance(value, Located) and value and title is None:
            title = _title(source, value, builder)
            page.say("title", value)
        elif meaning in ("authors", "reviewers"):
            _named(page, meaning, value)
        elif meaning in _TIMES:
            page.date(meaning, value, FRONT_MATTER)
        elif meaning == "citations":
            page.citations += _texts(value)
        elif meaning:
            page.say(meaning, value)
        elif name in ("draft", "archived") and str(value).lower() in _TRUE:
            page.states.add(name)
        elif name == "noindex" and str(value).lower() in _TRUE:
            page.say("robots", "noindex")
        elif name == "medlint" and isinstance(value, Mapping):
            page.suppressions |= _suppressions(value.get("ignore"))
    return whole, title


def _decoded(source: Source, body: Span, mark: str) -> Any:
    if mark == "{":
        return located.json(source.text, body)
    if mark == "+++":
        return located.toml_tree(source.text, body)
    return located.yaml_tree(source.text, body, source.position(body.start).line)


def _key(name: str) -> str:
    return re.sub(r"[-_\s]", "", name).lower()


def _named(page: _Page, role: str, value: Any) -> None:
    """The people under a key of front matter: a name, names, or mappings with a name, credentials, date and address."""
    for item in as_list(value):
        if isinstance(item, Located):
            if date_text.read(item) and role == "reviewers":
                page.date("reviewed", item, FRONT_MATTER)
            else:
                page.people[role].append(Person(str(item), (), item.span, FRONT_MATTER, text=str(item)))
        elif isinstance(item, Mapping):
            fields = {_key(name): field for name, field in item.items()}
            name = next((fields[key] for key in _NAMED if isinstance(fields.get(key), Located)), None)
            if role == "reviewers":
                for key in _WHEN:
                    page.date("reviewed", fields.get(key), FRONT_MATTER)
            if name is not None:
                credentials = tuple(text for key in _CREDENTIALS for text in _texts(fields.get(key)))
                address = next((text for key in _ADDRESSES for text in _texts(fields.get(key))), "")
                page.people[role].append(
                    Person(str(name), credentials, name.span, FRONT_MATTER, url=address, text=str(name))
                )
            else:
                for field in fields.values():
                    if isinstance(field, Mapping):
                        _named(page, role, field)


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value: itself, the items of a list, or the name or address in a mapping."""
    for item in as_list(value):
        if isinstance(item, Mapping):
            item = next(
                (item[key] for key in ("name", "title", "headline", "url", "@id") if isinstance(item.get(key), str)), ""
            )
        if isinstance(item, str) and item.strip():
            yield str(item).strip()


def _suppressions(value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {str(rule): str(reason) if isinstance(reason, str) else "" for rule, reason in value.items()}
    return {str(rule): "" for rule in as_list(value) if isinstance(rule, str) and rule}


def _title(source: Source, value: Located, builder: Builder) -> Block:
    element = Element("h1", {}, builder.root, value.span, Kind.HEADING)
    block = Block(Kind.HEADING, str(value), located.segments(source.text, value), element, level=1)
    block.zone, block.why = Zone.TITLE, "title in the front matter"
    return block


# Structured data

_ORGANISATIONS = frozenset(
    "Hospital GovernmentOrganization NGO Corporation MedicalClinic MedicalBusiness CollegeOrUniversity Consortium Project".split()
)
_ARTICLES = ("Article", "Posting", "Report", "HowTo", "CreativeWork", "Guide", "Recipe")


def _structured(page: _Page, data: Structured) -> None:
    for thing in sorted(data.things, key=lambda thing: thing.origin != JSON_LD):
        kinds = thing.types
        on_page = any(kind.endswith("Page") for kind in kinds)
        if kinds and not on_page and not any(kind.endswith(_ARTICLES) for kind in kinds):
            if "WebSite" in kinds or any(kind.endswith("Organization") for kind in kinds):
                page.say("site", thing.data.get("name"))
            continue
        page.types += kinds
        _thing(page, thing, data.by_id)
        if thing.data.get("reviewedBy") and kinds and not on_page and thing.origin == JSON_LD:
            place = next((person.span for person in page.people["reviewers"] if person.origin == JSON_LD), None)
            if place is not None:
                page.problems.append(Problem(place, "reviewed-by-misplaced", kinds[0]))


def _thing(page: _Page, thing: Thing, by_id: Mapping[str, Object]) -> None:
    values, origin = thing.data, thing.origin
    page.say("title", _first(values.get("headline") or values.get("name")))
    page.say("url", _first(values.get("url")))
    for role, keys in (("authors", ("author", "creator")), ("reviewers", ("reviewedBy",))):
        for key in keys:
            page.people[role] += _people(page, values.get(key), origin, by_id)
    for time, keys in (
        ("published", ("datePublished", "dateCreated")),
        ("updated", ("dateModified",)),
        ("reviewed", ("lastReviewed",)),
    ):
        for key in keys:
            page.date(time, values.get(key), origin)
    page.citations += _texts(values.get("citation"))
    for publisher in as_list(values.get("publisher")):
        page.say(
            "site", _first(_resolved(publisher, by_id).get("name")) if isinstance(publisher, Mapping) else publisher
        )


def _first(value: Any) -> Any:
    return next(iter(as_list(value)), None)


def _resolved(data: Object, by_id: Mapping[str, Object]) -> Object:
    name = data.get("@id")
    return by_id.get(name, data) if isinstance(name, str) and "name" not in data else data


def _people(page: _Page, value: Any, origin: str, by_id: Mapping[str, Object]) -> Iterator[Person]:
    for item in as_list(value):
        if isinstance(item, Located):
            if item.strip() and not item.startswith(("http://", "https://")):
                yield Person(str(item).strip(), (), item.span, origin, text=str(item))
        elif isinstance(item, Mapping):
            data = _resolved(item, by_id)
            parts = [part for part in _name_parts(data) if part.strip()]
            if not parts:
                if isinstance(reference := data.get("@id"), Located) and origin == JSON_LD and len(data) == 1:
                    page.problems.append(Problem(reference.span, "reference", str(reference)[:80]))
                continue
            kinds = structured.types_of(data)
            organisation = any(kind.endswith("Organization") or kind in _ORGANISATIONS for kind in kinds)
            credentials = (
                text
                for key in ("honorificSuffix", "hasCredential", "credentials", "jobTitle")
                for text in _credentials(data.get(key))
            )
            address = next((text for key in ("url", "sameAs", "identifier") for text in _texts(data.get(key))), "")
            prefix = " ".join(_texts(data.get("honorificPrefix")))
            name = " ".join(part.strip() for part in parts)
            yield Person(name, tuple(dict.fromkeys(credentials)), parts[0].span, origin,
                         "organisation" if organisation else "person", address, f"{prefix} {name}".strip())  # fmt: skip


def _name_parts(data: Object) -> list[Located]:
    for keys in (("name",), ("givenName", "additionalName", "familyName"), ("#text",)):
        parts = [part for key in keys if isinstance(part := _first(data.get(key)), Located) and part.strip()]
        if parts:
            return parts
    return []


def _credentials(value: Any) -> Iterator[str]:
    for item in as_list(value):
        if isinstance(item, Mapping):
            item = next((item[key] for key in ("name", "credentialCategory") if isinstance(item.get(key), str)), None)
        if isinstance(item, str) and item.strip():
            yield str(item).strip()


# <meta>, <link> and rel="author"

# In the order of how well each tells what the page says of itself: a system's own time stamps come last.
_META_DATES = {
    "published": "cdc:first_published article:published_time og:published_time og:article:published_time article.published datepublished "
    "citation_publication_date citation_online_date citation_date dc.date.issued dcterms.issued dcterms.created publication_date "
    "publish_date publishdate pubdate parsely-pub-date sailthru.date date dc.date dcterms.date",
    "updated": "cdc:last_updated datemodified date-modified last-updated last_updated lastupdated article:modified_time "
    "article.updated dcterms.modified dc.date.modified last-modified lastmod revised updated og:updated_time",
    "reviewed": "cdc:last_reviewed last-reviewed last_reviewed lastreviewed date-reviewed review-date review_date reviewed "
    "medically-reviewed-date medical-review-date",
    "due": "next-review next_review nextreview review-due next-review-date",
}
_META_PEOPLE = {
    "authors": "author article:author citation_author dc.creator dcterms.creator dc.creator.personalname parsely-author sailthru.author byl",
    "reviewers": "reviewed-by reviewed_by reviewedby reviewer medical-reviewer medical_reviewer medically-reviewed-by medicalreviewer",
}
_META_WORDS = {
    "title": "og:title citation_title dc.title",
    "site": "og:site_name application-name",
    "url": "og:url",
    "robots": "robots googlebot",
}


def _metas(page: _Page, source: Source, builder: Builder) -> None:
    named: dict[str, list[Element]] = {}
    for element in builder.metas:
        attrs = element.attrs
        if "content" in attrs and (name := attrs.get("name") or attrs.get("property")):
            named.setdefault(name.strip().lower(), []).append(element)
        elif "canonical" in attrs.get("rel", "").lower().split():
            page.words["url"] = attrs.get("href", "").strip() or page.words.get("url", "")
    for role, names in _META_PEOPLE.items():
        for value in _contents(source, named, names):
            if value.strip() and not value.startswith(("http://", "https://", "@")):
                page.people[role].append(Person(value.strip(), (), value.span, META, text=str(value)))
    for element, text in _rel_authors(builder):
        page.people["authors"].append(
            Person(str(text), (), text.span, LINK, url=element.attrs.get("href", ""), text=str(text))
        )
    for time, names in _META_DATES.items():
        for value in _contents(source, named, names):
            page.date(time, value, META)
    for word, names in _META_WORDS.items():
        for value in _contents(source, named, names):
            page.say(word, value)
    if "citation_journal_title" in named:
        page.types.append("ScholarlyArticle")
    heading = next((block for block in builder.blocks if block.kind is Kind.TITLE and block.zone is Zone.META), None)
    if heading is not None:
        page.say("title", heading.text)


def _contents(source: Source, named: Mapping[str, Sequence[Element]], names: str) -> Iterator[Located]:
    for name in names.split():
        for element in named.get(name, ()):
            yield Located(element.attrs["content"], attribute_span(source.text, element.span, "content"))


def _rel_authors(builder: Builder) -> Iterable[tuple[Element, Located]]:
    for marked in builder.marked:
        if "author" in marked.element.attrs.get("rel", "").split() and "itemprop" not in marked.element.attrs:
            text = structured.shown(builder.blocks, marked)
            if text.strip():
                yield marked.element, text
