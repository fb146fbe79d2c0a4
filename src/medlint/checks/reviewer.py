"""Whether somebody with a name has medically reviewed the page."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from medlint.facts import Facts, credentials, people, scope
from medlint.finding import Hit, Related, Undetermined
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``judge``: a reviewer that is ``missing``, or a ``placeholder`` for one. ``words``: pages with fewer words and no
    byline owe no review. ``clinician-author``: articles by licensed clinicians need no other reviewer.
    ``organisations``: bodies whose review counts, as they call themselves."""

    judge: Literal["missing", "placeholder"] = "missing"
    words: int = 100
    clinician_author: bool = False
    organisations: tuple[str, ...] = ()


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit | Undetermined]:  # noqa: ARG001
    """Yield one hit where the reviewer belongs, or one for each placeholder."""
    if facts.people.reviewers or not scope.owes_review(facts, options.words) or _by_organisation(facts, options):
        return
    if options.judge == "placeholder":
        yield from _placeholders(facts)
    elif facts.people.templated:
        yield Undetermined("a template fills in the reviewer when the page is published")
    elif not scope.readable_language(facts):
        yield Undetermined(f"bylines in the language {facts.topic.language!r} are not read")
    elif not facts.people.placeholders:
        yield _missing(facts, options)


def _by_organisation(facts: Facts, options: Options) -> bool:
    allowed = [name.lower() for name in options.organisations]
    return any(name in found.text.lower() for found in facts.people.placeholders for name in allowed)


def _missing(facts: Facts, options: Options) -> Hit:
    found = facts.people
    clinicians = [author for author in found.authors if credentials.groups(people.known(author))]
    variant = "clinician-author" if options.clinician_author and clinicians else ""
    related = tuple(Related(near.span, near.kind) for near in found.near_misses[:3])
    author = clinicians[0].name if clinicians else ""
    return Hit(found.place, {"searched": _listed(found.searched), "author": author}, variant, related=related)


def _placeholders(facts: Facts) -> Iterable[Hit]:
    for found in facts.people.placeholders:
        yield Hit(found.span, variant="blank" if found.kind == "blank" else "")
    if not facts.people.placeholders:
        for near in facts.people.near_misses:
            if near.kind == "boilerplate":
                yield Hit(near.span, variant="boilerplate")
                return


def _listed(places: tuple[str, ...]) -> str:
    return f"{', '.join(places[:-1])} and {places[-1]}" if len(places) > 1 else "".join(places)
