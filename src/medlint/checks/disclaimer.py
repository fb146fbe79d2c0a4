"""The disclaimer: that there is one, that it is whole, that it stands with the article, and that it says what it means."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from medlint.document import Kind, Link, Zone
from medlint.facts import Facts
from medlint.facts.disclaimer import Part, Place
from medlint.finding import Hit, Related, Undetermined
from medlint.insertion import insert, opening
from medlint.rule import Rule
from medlint.source import Span


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``find``: what to judge. ``min-words``: articles shorter than that need no disclaimer of their own.

    ``acute``: words in the title or a heading that make a page one on which a disclaimer must say what to do in an
    emergency. ``strict``: ask for every element.
    """

    find: Literal["missing", "incomplete", "place", "wording"]
    min_words: int = 150
    acute: tuple[str, ...] = ()
    strict: bool = False


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit | Undetermined]:
    """Yield what is wrong with the page's disclaimer, by the rule's ``find``."""
    if options.find == "wording":
        return [Hit(flaw.span, variant=flaw.kind) for flaw in facts.disclaimer.flaws]
    if not facts.topic.health or facts.profile.audience == "clinician":
        return ()
    if facts.topic.language not in ("en", ""):
        return [Undetermined(f"disclaimers are read in English only, and the page is in {facts.topic.language!r}")]
    judge = {"missing": _missing, "incomplete": _incomplete, "place": _place}[options.find]
    return judge(facts, rule, options)


def _missing(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:  # noqa: ARG001
    found = facts.disclaimer
    if found.statements or found.links or found.notices or found.flaws:
        return
    if sum(len(block.text.split()) for block in facts.document.prose()) < options.min_words:
        return
    yield Hit(
        opening(facts.document),
        fix=insert(facts.document, facts.profile, "disclaimer"),
        related=tuple(Related(_shown(link), "link") for link in found.vague_links[:1]),
    )


def _incomplete(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    found = facts.disclaimer
    best = found.best
    if best is None:
        if found.notices and not found.links:
            yield Hit(found.notices[0], variant="notice")
        return
    if best.place is Place.HIDDEN:
        return
    missing = []
    if not best.parts & {Part.INFORMATION, Part.CONSULT}:
        missing.append("either")
    elif options.strict:
        missing += [part.value for part in (Part.INFORMATION, Part.CONSULT) if part not in best.parts]
    if options.strict and Part.DELAY not in best.parts:
        missing.append(Part.DELAY.value)
    if Part.EMERGENCY not in best.parts and not found.emergency and _is_acute(facts, options):
        missing.append(Part.EMERGENCY.value)
    if missing:
        names = [rule.notes[key] for key in missing]
        listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        yield Hit(best.span, {"missing": listed})


def _shown(link: Link) -> Span:
    return link.block.span(link.start, link.end) if link.block else link.span


def _is_acute(facts: Facts, options: Options) -> bool:
    """Whether the title or a heading is about an emergency. A page about distress is a matter of the helpline rules."""
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, options.acute))})\b") if options.acute else None
    headings = (
        b for b in facts.document.blocks if b.zone is Zone.TITLE or (b.kind is Kind.HEADING and b.zone is Zone.BODY)
    )
    return words is not None and any(words.search(heading.lower) for heading in headings)


def _place(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:  # noqa: ARG001
    found = facts.disclaimer
    best = found.best
    if best is None:
        if found.links:
            yield Hit(_shown(found.links[0]), variant="link")
        return
    if best.place is Place.ARTICLE or (best.place is Place.PAGE and facts.profile.publisher == "government"):
        return
    yield Hit(best.span, variant=best.place.value)
