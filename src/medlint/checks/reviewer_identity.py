"""Whether the reviewer is somebody other than the author, the same in text and data, and can be looked up."""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from medlint.document import Person, Zone
from medlint.facts import Facts, names, scope
from medlint.finding import Hit, Related
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``judge``: a reviewer who is the ``author``, whose signals ``disagree``, or who is ``unverifiable``.
    ``clinician-author``: the publication's authors are clinicians and may review their own articles."""

    judge: Literal["author", "disagree", "unverifiable"] = "author"
    clinician_author: bool = False


_REGISTER = re.compile(
    r"\b(?:GMC|NMC|NPI|AHPRA|GPhC|HCPC|GDC|IMC|ORCID|CPSO|MCRN|SMC|BACP|MCI|Registration|Licen[cs]e)\b\W{0,3}(?:no\.?|number|#|:)?\W{0,3}[A-Z]{0,5}\d[\d-]{3,}",
    re.I,
)


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield a hit at each reviewer concerned."""
    if not facts.topic.health:
        return
    if options.judge == "disagree":
        yield from _disagree(facts)
    elif options.judge == "unverifiable":
        yield from _unverifiable(facts)
    elif not options.clinician_author:
        yield from _author(facts)


def _author(facts: Facts) -> Iterable[Hit]:
    authors = [author for author in facts.people.authors if author.kind != "organisation"]
    pairs = [
        (person, next((a for a in authors if names.same(person.name, a.name, exactly=True)), None))
        for person in facts.people.reviewers
    ]
    if pairs and all(author is not None for _, author in pairs):
        for person, author in pairs:
            related = (Related(author.span, "author"),) if author and author.span != person.span else ()
            yield Hit(person.span, {"name": person.name}, related=related)


def _disagree(facts: Facts) -> Iterable[Hit]:
    found = facts.people
    marked = [person for person in found.marked if person.kind == "person"]
    if not marked:
        return
    if not found.visible:
        yield from _invisible(facts, marked)
    elif not any(names.same(shown.name, person.name) for shown in found.visible for person in marked):
        shown = found.visible[0]
        for person in {person.name: person for person in marked}.values():
            fields = {"name": person.name, "shown": shown.name, "origin": _ORIGINS.get(person.origin, person.origin)}
            yield Hit(person.span, fields, related=(Related(shown.span, "shown"),))


_ORIGINS = {
    "json-ld": "JSON-LD",
    "microdata": "microdata",
    "rdfa": "RDFa",
    "front-matter": "front matter",
    "meta": "<meta> tag",
}


def _invisible(facts: Facts, marked: Iterable[Person]) -> Iterable[Hit]:
    """Reviewers that only machines see. A template may show what front matter says, so that does not count."""
    text = scope.text_of_page(facts)
    for person in marked:
        if person.origin not in ("front-matter", "meta") and person.name.lower() not in text:
            yield Hit(
                person.span, {"name": person.name, "origin": _ORIGINS.get(person.origin, person.origin)}, "invisible"
            )


def _unverifiable(facts: Facts) -> Iterable[Hit]:
    reviewers = facts.people.reviewers
    # A template makes a profile of what front matter says, so nothing is known of that.
    if (
        not reviewers
        or any(person.url for person in reviewers)
        or any(p.origin == "front-matter" for p in facts.people.marked)
    ):
        return
    for person in reviewers:
        surname = person.name.split()[-1].lower()
        for block in facts.document.blocks:
            if surname in block.lower and (
                block.zone is Zone.BIO or _REGISTER.search(block.plain) or _describes(person, block.plain)
            ):
                return
    yield Hit(reviewers[0].span, {"name": reviewers[0].name})


def _describes(person: Person, text: str) -> bool:
    """Whether a block tells who the person is: "Ann Lee is a cardiologist at ..."."""
    last = re.escape(person.name.split()[-1])
    return bool(
        re.search(
            rf"\b(?:Dr\.? )?(?:{re.escape(person.name)}|{last})\b[^.]{{0,60}} is (?:an?|the|currently|board) ", text
        )
    )
