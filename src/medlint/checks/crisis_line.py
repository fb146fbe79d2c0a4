"""Helplines for readers in distress: that the page gives one, where it is needed, by every route, and for its subject."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from medlint.document import Zone
from medlint.facts import Facts
from medlint.facts.directory import Line, directory
from medlint.facts.distress import SUICIDE, Trigger
from medlint.facts.helplines import Mention, Place
from medlint.finding import Hit, Related, Undetermined
from medlint.insertion import insert
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``find``: what to judge. ``min-words``: in articles shorter than that no line is far from anything.

    ``emergencies``: signs of a medical emergency, for which the emergency number is to be called; ``thoughts``: words
    that make such a sentence one about intentions. ``names``: what a topic is called in a message.
    """

    find: Literal["missing", "buried", "access", "topic"]
    min_words: int = 400
    emergencies: tuple[str, ...] = ()
    thoughts: tuple[str, ...] = ()
    names: dict[str, str] = {}


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit | Undetermined]:
    """Yield what is wrong with the lines a page gives, by the rule's ``find``."""
    judge = {"missing": _missing, "buried": _buried, "access": _access, "topic": _topic}[options.find]
    return judge(facts, rule, options)


def _missing(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit | Undetermined]:  # noqa: ARG001
    crisis = facts.crisis
    if not crisis.topic and facts.topic.language not in ("en", ""):
        yield Undetermined(f"topics of distress are read in English only, and the page is in {facts.topic.language!r}")
    if not crisis.topic or crisis.foreign or any(_answers(facts, mention) for mention in crisis.helplines.mentions):
        return
    decisive = _decisive(facts)
    variant = "" if crisis.weight.certain else "possible"
    if facts.profile.audience == "clinician":
        variant = "clinician"
    elif crisis.lines:
        variant = "unsuited"
    elif SUICIDE.isdisjoint(crisis.weight.topics) and crisis.helplines.emergencies:
        variant = "possible"
    yield Hit(
        decisive[0].span,
        {"line": crisis.lines[0].line.name if crisis.lines else ""},
        variant,
        insert(facts.document, facts.profile, "crisis-line"),
        tuple(Related(trigger.span, "trigger") for trigger in decisive[1:3]),
    )


def _answers(facts: Facts, mention: Mention) -> bool:
    """Whether the line is one for the page's subject: one for any crisis, or one for a topic of the page."""
    crisis = facts.crisis
    if any(mention is line for line in crisis.lines) and not {"suicide", "self-harm", "general"}.isdisjoint(
        mention.line.topics
    ):
        return True
    open_line = mention.offered and mention.line.status != "closed" and (not crisis.firm or crisis.is_local(mention))
    return open_line and any(crisis.serves(mention, topic) for topic in crisis.weight.topics)


def _decisive(facts: Facts) -> list[Trigger]:
    """The triggers that make the page one that needs a line, the first in the text first."""
    triggers = facts.crisis.triggers
    strong = [trigger for trigger in triggers if trigger.strength == "strong"]
    body = [trigger for trigger in strong if trigger.block.zone is not Zone.TITLE]
    medium = [trigger for trigger in triggers if trigger.strength == "medium"]
    return body or strong or sorted(medium, key=lambda trigger: not trigger.prominent)


def _buried(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:  # noqa: ARG001
    crisis = facts.crisis
    trigger = next((t for t in crisis.triggers if t.strength == "strong" and t.block.zone is not Zone.TITLE), None)
    if not crisis.topic or trigger is None or not crisis.lines:
        return
    first = min(crisis.lines, key=lambda mention: mention.block.index)
    blocks = facts.document.prose((Zone.BODY, Zone.CALLOUT, Zone.DISCLAIMER))
    words = [len(block.text.split()) for block in blocks]
    if sum(words) < options.min_words or first.place is Place.BANNER:
        return
    before = sum(size for block, size in zip(blocks, words, strict=True) if block.index < first.block.index)
    far = first.block.section - trigger.block.section > 1 and before * 2 > sum(words)
    if first.place is not Place.FOOTER and not far:
        return
    sentence = first.block.sentence_at(first.start)
    nameless = not re.search(
        r"suicid|self-harm|crisis\b(?! lifeline)|harm(?:ing)? your|kill|distress",
        first.block.lower[sentence.start : sentence.end]
        .replace("suicide and crisis", "")
        .replace("suicide & crisis", ""),
    )
    related = (
        Related(trigger.span, "trigger"),
        *((Related(first.block.span(sentence.start, sentence.end), "nameless"),) if nameless else ()),
    )
    yield Hit(
        first.span,
        {"trigger": trigger.block.text[trigger.start : trigger.end]},
        "footer" if first.place is Place.FOOTER else "",
        related=related,
    )


def _access(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:  # noqa: ARG001
    told_of_links = False
    lines: dict[str, list[Mention]] = {}
    for mention in facts.crisis.lines:
        if mention.place is Place.ARTICLE:
            lines.setdefault(mention.line.id, []).append(mention)
    for mentions in lines.values():
        numbered = [mention for mention in mentions if not mention.is_site]
        if not numbered:
            continue
        line, routes = numbered[0].line, frozenset().union(*(mention.routes for mention in mentions))
        missing = []
        if line.call and not routes & {"text", "chat"}:
            missing += ["text"] if line.text else []
            missing += ["chat"] if line.chat else []
        if facts.document.format == "html" and not told_of_links and not any(mention.linked for mention in numbered):
            missing.append("link")
            told_of_links = True
        if missing:
            fields = {"number": numbered[0].written, "missing": ", ".join(rule.notes[key] for key in missing)}
            yield Hit(numbered[0].span, fields)


def _topic(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:  # noqa: ARG001
    crisis = facts.crisis
    signs = re.compile("|".join(options.emergencies)) if options.emergencies else None
    thoughts = re.compile("|".join(options.thoughts))
    lines = [
        mention for mention in crisis.lines if not {"suicide", "self-harm", "general"}.isdisjoint(mention.line.topics)
    ]
    for mention in lines:
        sentence = mention.block.sentence_at(mention.start)
        said = mention.block.lower[max(sentence.start, mention.start - 300) : mention.start]
        if any(call.block is mention.block for call in crisis.helplines.emergencies):
            continue
        if signs and (sign := signs.search(said)) and not thoughts.search(said):
            yield Hit(mention.span, {"sign": sign[0], "number": mention.written}, "emergency")
    if not lines or len(lines) != len(crisis.lines):
        return
    for place, topic in enumerate(crisis.weight.topics):
        found = [trigger for trigger in crisis.triggers if trigger.topic == topic and trigger.strength == "strong"]
        prominent = [trigger for trigger in found if trigger.prominent]
        if topic not in options.names or not (prominent or (len(found) > 1 and not place)):
            continue
        if any(mention.offered and crisis.serves(mention, topic) for mention in crisis.helplines.mentions):
            continue
        fitting = _line_for(topic, crisis.region)
        fields = {
            "topic": options.names[topic],
            "line": f"{fitting.name}, {fitting.numbers[0]}" if fitting else "",
            "number": lines[0].written,
        }
        variant = "also" if place else ("" if fitting else "unknown")
        yield Hit(lines[0].span, fields, variant, related=tuple(Related(t.span, "trigger") for t in prominent[:1]))


def _line_for(topic: str, region: str) -> Line | None:
    """A current line for ``topic`` in ``region`` to name to the writer."""
    wanted = {"overdose": "substance"}.get(topic, topic)
    for line in directory().table.lines:
        if (
            region in line.regions
            and wanted in line.topics
            and line.status == "current"
            and line.numbers
            and line.confidence == "high"
        ):
            return line
    return None
