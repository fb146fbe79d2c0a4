"""Numbers of helplines and emergency services: that they are right, current, rightly named and the reader's own."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from medlint.document import Block
from medlint.facts import Facts
from medlint.facts.directory import Line, Way, directory
from medlint.facts.helplines import Mention
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``find``: what to judge. ``unless``: words in the sentence that show the writer knows.

    ``greetings``: words that people take for the keyword of a text line; others may be those of a partner.
    """

    find: Literal["name", "superseded", "closed", "locale", "digits"]
    unless: tuple[str, ...] = ()
    greetings: tuple[str, ...] = ()


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield what is wrong with the numbers a page shows, by the rule's ``find``."""
    judge = {"name": _name, "superseded": _superseded, "closed": _closed, "locale": _locale, "digits": _digits}[
        options.find
    ]
    return judge(facts, options)


def _excused(block: Block, start: int, options: Options) -> bool:
    sentence = block.sentence_at(start)
    said = block.lower[max(sentence.start, start - 300) : min(sentence.end, start + 300)]
    return any(re.search(pattern, said) for pattern in options.unless)


def _name(facts: Facts, options: Options) -> Iterator[Hit]:
    for mention in facts.crisis.helplines.mentions:
        if mention.name is None:
            continue
        start, end = mention.name
        name = mention.block.plain[start:end]
        if not name.split()[-1][:1].isupper() or _excused(mention.block, start, options):
            continue
        if name.lower() not in map(str.lower, mention.line.rejected_names):
            continue
        safety = Safety.SAFE if mention.block.editable(start, end) else Safety.DISPLAY
        fix = Fix((Edit(mention.block.span(start, end), mention.line.name),), safety)
        yield Hit(mention.block.span(start, end), {"name": mention.line.name, "number": mention.written}, fix=fix)


def _superseded(facts: Facts, options: Options) -> Iterator[Hit]:
    given = facts.crisis.helplines
    told: set[tuple[int, int]] = set()
    for mention in given.mentions:
        line = mention.line
        sentence = mention.block.sentence_at(mention.start)
        if (
            line.status != "superseded"
            or (mention.block.index, sentence.start) in told
            or _excused(mention.block, mention.start, options)
        ):
            continue
        new = directory().by_id[line.replaced_by]
        if any(
            other.block is mention.block and sentence.start <= other.start < sentence.end and other.line is new
            for other in given.mentions
        ):
            continue
        told.add((mention.block.index, sentence.start))
        site = mention.is_site
        address = next(iter(new.domains if site else new.numbers), new.name)
        fix = None if site else Fix((Edit(mention.span, address),), Safety.DISPLAY)
        fields = {
            "number": mention.written if site else mention.block.text[mention.start : mention.end],
            "new": f"{address}, then {new.press}" if new.press else address,
            "name": new.name,
        }
        yield Hit(mention.span, fields, "unsure" if line.confidence == "unverified" else "", fix)
    for use in given.phrases:
        if use.phrase.status != "superseded" or _excused(use.block, use.start, options):
            continue
        if any(
            mention.block is use.block
            and abs(mention.start - use.start) < 200
            and (mention.line is use.line or not mention.is_site)
            for mention in given.mentions
        ):
            continue  # the number or old site beside the name is reported, or the name for the number
        yield Hit(
            use.span, {"says": use.phrase.says}, "unsure-phrase" if use.phrase.confidence == "unverified" else "phrase"
        )


def _closed(facts: Facts, options: Options) -> Iterator[Hit]:
    given = facts.crisis.helplines
    told: set[tuple[int, int]] = set()
    numbers = [m for m in given.mentions if m.line.status == "closed" and not m.line.press]
    for mention in numbers:
        sentence = mention.block.sentence_at(mention.start)
        if (mention.block.index, sentence.start) not in told and not _excused(mention.block, mention.start, options):
            told.add((mention.block.index, sentence.start))
            yield Hit(
                mention.span,
                {"name": mention.line.name, "instead": _instead(mention.line)},
                _sure(mention.line.confidence),
            )
    for use in given.phrases:
        sentence = use.block.sentence_at(use.start)
        if (
            use.phrase.status != "closed"
            or (use.block.index, sentence.start) in told
            or _excused(use.block, use.start, options)
        ):
            continue
        told.add((use.block.index, sentence.start))
        variant = {"": "phrase", "likely": "likely-phrase", "unsure": "unsure-phrase"}[_sure(use.phrase.confidence)]
        yield Hit(use.span, {"says": use.phrase.says, "instead": _instead(use.line)}, variant)


def _instead(line: Line) -> str:
    new = directory().by_id[line.replaced_by]
    return f"{new.name}, {new.numbers[0]}"


def _sure(confidence: str) -> str:
    return {"high": "", "medium": "likely"}.get(confidence, "unsure")


def _locale(facts: Facts, options: Options) -> Iterator[Hit]:  # noqa: ARG001
    crisis = facts.crisis
    calls, mentions = crisis.helplines.emergencies, crisis.helplines.mentions
    if not crisis.region:
        used = frozenset().union(*(call.regions for call in calls))
        lines = [m for m in mentions if m.offered and m.line.answers and not crisis.addressed(m)]
        offered = frozenset().union(*(mention.regions for mention in lines))
        if (
            calls
            and lines
            and "any" not in offered
            and used.isdisjoint(offered)
            and not any(map(crisis.addressed, calls))
        ):
            yield Hit(
                calls[0].span,
                {"number": calls[0].number, "country": _country(calls[0].regions), "other": _country(offered)},
                "mixed",
            )
        return
    variant = "" if crisis.firm else "likely"
    own = next(row.numbers[0] for row in directory().table.emergency if row.region == crisis.region)
    for call in crisis.foreign_emergencies[:1]:
        fields = {
            "number": call.number,
            "country": _country(call.regions),
            "here": _country({crisis.region}),
            "own": own,
        }
        yield Hit(call.span, fields, f"{variant}-emergency".lstrip("-"))
    for mention in crisis.foreign[:1]:
        fields = {
            "number": mention.written,
            "line": mention.line.name,
            "country": _country(mention.regions),
            "here": _country({crisis.region}),
        }
        yield Hit(mention.span, fields, variant)


def _country(regions: Iterable[str]) -> str:
    """The name of the first of ``regions`` as a page would write it."""
    names = directory().table.countries
    name = next(names[code][0] for code in names if code in regions)
    return f"the {name}" if name.startswith("United") or name == "Netherlands" else name


def _digits(facts: Facts, options: Options) -> Iterator[Hit]:
    for miss in facts.crisis.helplines.near_misses:
        span = miss.block.span(miss.start, miss.end)
        if not _excused(miss.block, miss.start, options) and not _is_given(facts, miss.way, miss.block, miss.start):
            fix = Fix((Edit(span, miss.way.written),), Safety.DISPLAY)
            yield Hit(span, {"number": miss.way.written, "name": miss.line.name}, fix=fix)
    for link, shown, dialled in facts.crisis.helplines.mismatches:
        span = link.block.span(link.start, link.end) if link.block else link.span
        yield Hit(span, {"shown": shown, "dialled": dialled}, "link")
    for mention in facts.crisis.helplines.mentions:
        if mention.keyword and (right := _keyword(mention, options)):
            start, end = mention.keyword
            safety = Safety.UNSAFE if mention.block.editable(start, end) else Safety.DISPLAY
            fix = Fix((Edit(mention.block.span(start, end), right),), safety)
            yield Hit(mention.block.span(start, end), {"keyword": right, "number": mention.written}, "keyword", fix)


def _is_given(facts: Facts, way: Way, block: Block, start: int) -> bool:
    """Whether the right number stands in the same sentence (and not only in a name), so that this is another line's."""
    sentence = block.sentence_at(start)
    return any(
        mention.block is block
        and sentence.start <= mention.start < sentence.end
        and mention.written == way.written
        and not (mention.name and mention.name[0] <= mention.start < mention.name[1])
        for mention in facts.crisis.helplines.mentions
    )


def _keyword(mention: Mention, options: Options) -> str:
    """The published keyword, if the one given is none of those that the lines of this number know."""
    assert mention.keyword is not None
    word = mention.block.plain[slice(*mention.keyword)]
    codes = [line.text for line in mention.lines if line.text]
    known = {keyword for code in codes for keyword in (code.keyword, *code.also)}
    if not codes or "" in known or word.upper() in known or word.upper() not in options.greetings:
        return ""
    return codes[0].keyword
