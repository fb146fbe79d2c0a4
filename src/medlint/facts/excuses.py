"""What makes advice to stop or change a medicine harmless: an emergency, a missed dose, disposal, a myth, a quotation."""

from __future__ import annotations

import re
from bisect import bisect_right

from medlint.document import Block, Kind
from medlint.facts import clinicians
from medlint.facts.medication_words import Action, Verb
from medlint.facts.medication_words import words as vocabulary
from medlint.facts.passages import Passage, Thing
from medlint.facts.surroundings import Surroundings

_EMERGENCY = re.compile(
    r"(?<!\d)(?:911|999|112|111)(?!\d)|\b(?:emergency|ambulance|a&e|er|hospital|medical (?:help|attention|care|advice)|get help|"
    r"seek help|urgent care|poison)\b"
)
_REACTION = re.compile(
    r"\b(?:rash|hives|swell\w*|swollen|allerg\w+|anaphyla\w+|trouble breathing|difficulty breathing|hard to breathe|wheez\w*|faint\w*|"
    r"yellow\w*|jaundice|blister\w*|peel\w*|bleed\w*|blood in|irritat\w+)\b"
    r"(?! (?:\w+ )?(?:clears?|goes|has gone|is gone|settles?|stops?|improves?|gets better|heals?|fades?))"
)
_MISSED = re.compile(
    r"\b(?:miss(?:ed|es|ing)?|forg[eo]t\w*|next (?:dose|one|tablet|pill)|make up for|catch up|too late|overslept|vomit\w*|throw up)\b"
)
_MISSED_VERBS = frozenset(("skip", "miss", "adjust", "leave", "restart"))
_PACK = re.compile(r"\b(?:break|week|pack|packet|period)\b")
_PLACEBO = re.compile(r"\b(?:placebos?|inactive|reminder pills?|pill-free|dummy)\b")
_FAMILY = re.compile(r"\b(?:pregnan\w+|conceiv\w*|trying for a baby|have a baby|packet|pack|fertil\w+)\b")
_HALVING = frozenset(("split", "cut", "break", "halve"))
_SWALLOWING = re.compile(r"\b(?:swallow\w*|score\w*|pill (?:cutter|splitter)|easier to)\b")
_PRESSING = re.compile(
    r"\b(?:with a (?:tap|click|swipe)|by (?:pressing|tapping|lifting|turning|clicking|releasing|holding))\b"
)
_DISSOLVING = re.compile(r"\bdrop\w*\b[^.;]{0,40}\b(?:into|onto|in (?:a|the|some|your|water)|on (?:the|your))\b")
_DISPOSAL = re.compile(
    r"\b(?:trash|rubbish|bin|toilet|take-?back|dispos\w+|container|label|personal information|expir\w+|unused|leftover|landfill|drain|"
    r"(?:after|once|of) (?:being )?open(?:ed|ing)|sink|coffee grounds|out of date|safely|pharmacy)\b"
)
_ORDERED = re.compile(
    r"\b(?:surgery|operation|procedure|scan|biopsy|colonoscopy|endoscopy|an(?:a)?esthe\w+|surgical|tests?|x-ray|imaging|sick days?|unwell|"
    r"vomiting|diarrh\w+|dehydrat\w+|fever|as you(?:r [\w' -]{3,40}? (?:has|have)|'ve been| have been| were) (?:shown|taught|told|trained|instructed))\b"
)
_PATIENTS = re.compile(r"\bpatients?\b")
_READER = re.compile(r"\byou\w*")

_LABEL = re.compile(
    r"(?:^|[.!?:*\"\u2014\u2013(])[\s*\"]*(?:(?P<myth>myths?|fiction|misconception|false belief|false|mistake|wrong)|facts?|truth|reality|true|right|"
    r"answer|a)(?: ?#?\d+)?[\"*]*[:.\u2013\u2014-]"
)
_MYTH = re.compile(r"\W*(?:myths?|misconception|false)\b")
_BARE_MYTH = re.compile(
    r"\W*(?:(?:common|the) )?(?:myths?|misconceptions?|fiction|false)\W*(?:(?:no\.? |number |#)?\d+)?\W*"
)
_MYTH_HEADING = re.compile(
    r"\b(?:myths?|misconceptions?|false|not to do|mistakes?|don'ts?|do not|don't|never|avoid|pitfalls)\b"
)
_FACT_HEADING = re.compile(r"\b(?:facts?|truths?|busted|debunked|do's|dos)\b")
_DENIAL = re.compile(
    r"\W*(?:(?:no|false|wrong|not true|untrue|nonsense|incorrect|myth)\b(?!\s+(?:need|matter|problem|worries|reason|harm))"
    r"|(?:this|that|it)(?:'s| is| can be| could be)(?: simply| just)? (?:a myth|not true|untrue|false|wrong|dangerous|a mistake|not safe|"
    r"unsafe|risky|not the case)\b"
    r"|(?:don't|do not|never)(?: (?:do (?:it|this|that)|stop|try (?:it|this)|listen|fall for|believe)\b|\W*$))"
)
_CORRECTION = re.compile(
    r"\b(?:wrong|dangerous|myth|false|mistake|unsafe|not true|risky|never|harm\w*|don't|do not|should not|shouldn't|must not|mustn't)\b"
)
_QUOTE = re.compile(r'"[^"\n]{12,400}"')
_SPEECH = re.compile(
    r"\b(?:say|says|said|saying|tells?|told|wrote|writes|posted|posts|asks?|asked|advises?|advised|claims?|claimed|recalls?|explains?|"
    r"explained|adds?|added|according to|commented|comments|replied|suggests?|insists?|recommends?|remembers|tweeted|urged)\b"
)
# "Talk to your doctor" after a quotation does not make the doctor its speaker.
_EXPERT = re.compile(
    r"(?<!your )\b(?:dr|md|m\.d\.|doctors?|professor|prof|pharmacist|nurse|specialist|expert|psychiatrist|dieti[ct]ian|nutritionist|coach|naturopath|"
    r"founder|author|our|we)\b"
)


def is_harmless(verb: Verb, thing: Thing, passage: Passage, number: int, place: int, page: Surroundings) -> bool:
    """Whether advice at ``place`` in sentence ``number`` is no advice to stop or change a treatment by oneself."""
    text, block = passage.text, passage.block
    if is_called_false(block, place, page) or any(_DENIAL.match(after) for after in page.following(block, number, 1)):
        return True
    if thing.leftover or (verb.disposal and _DISPOSAL.search(text, place - passage.start + len(verb.base))):
        return True
    if verb.action is Action.STOP and (_EMERGENCY.search(text) or _REACTION.search(text)):
        return True
    if _PRESSING.search(text, place - passage.start):
        return True
    if verb.base in _MISSED_VERBS and _MISSED.search(text.replace("miss a dose", "") if verb.base == "miss" else text):
        return True
    if verb.base in _HALVING and _SWALLOWING.search(text):
        return True
    if verb.base == "drop" and _DISSOLVING.search(text):
        return True
    if _is_contraceptive(thing) and (_FAMILY.search(text) or (verb.base in ("skip", "miss") and _PACK.search(text))):
        return True
    if verb.base in ("skip", "miss") and _PLACEBO.search(text):
        return True
    return page.speaks_of_patients or page.once(_speaks_of_patients, block)


def _speaks_of_patients(block: Block) -> bool:
    return _PATIENTS.search(block.lower) is not None and not _READER.search(block.lower)


def is_by_plan(verb: Verb, thing: Thing, passage: Passage, page: Surroundings, *, ordered: bool) -> bool:
    """Whether it is what professionals have readers do (before an operation, on a sick day, with insulin), and the section
    names one to ask."""
    name = thing.mention.name if thing.mention else None
    taught = verb.action is Action.CHANGE and name is not None and name.group.id in vocabulary().self_adjusted
    block = passage.block
    if not (ordered or taught or _ORDERED.search(passage.text) or any(map(_ORDERED.search, page.occasion(block)))):
        return False
    return any(clinicians.names_any(other.lower) for other in (block, *page.section(block)))


def is_quoted(passage: Passage, place: int, page: Surroundings) -> bool:
    """Whether the words at ``place`` are those of somebody who is no expert: a quotation near a verb of saying."""
    block = passage.block
    marked, quotes = page.once(_quotations, block)
    if any(start <= place < end for start, end in marked):
        return True
    for match in quotes[bisect_right(quotes, place, key=re.Match.start) - 1 :][:1]:
        if match.start() <= place < match.end():
            around = f"{block.lower[max(match.start() - 90, 0) : match.start()]} {block.lower[match.end() : match.end() + 90]}"
            return _SPEECH.search(around) is not None and not _EXPERT.search(around)
    if block.element.closest("blockquote"):
        return not _EXPERT.search(block.lower)
    return False


def _quotations(block: Block) -> tuple[list[tuple[int, int]], list[re.Match[str]]]:
    """The ranges of ``block`` that are marked as quotations, and the passages in quotation marks."""
    marked = [(inline.start, inline.end) for inline in block.inlines if inline.element.tag == "q"]
    return marked, list(_QUOTE.finditer(block.plain))


def is_corrected(passage: Passage, number: int, page: Surroundings) -> bool:
    """Whether the sentence, or one of the two after it, says that what it quotes is wrong."""
    after = page.following(passage.block, number, 2)
    return any(_CORRECTION.search(text) or clinicians.consults(text) for text in (passage.text, *after))


def is_called_false(block: Block, place: int, page: Surroundings) -> bool:
    """Whether the words at ``place`` stand under a label, a heading or a column that calls them a myth or a mistake."""
    ends, myths = page.once(_labels, block)
    if before := bisect_right(ends, place):
        return myths[before - 1]
    if block.kind is Kind.HEADING:
        return _MYTH.match(block.lower) is not None
    if block.kind is Kind.CELL and (column := page.column(block)) is not None:
        return _MYTH.match(column.lower) is not None
    previous = page.previous(block)
    if previous is not None and _BARE_MYTH.fullmatch(previous.lower):
        return True
    heading = page.heading(block)
    if heading is None or not _MYTH_HEADING.search(heading.lower) or _FACT_HEADING.search(heading.lower):
        return False
    # "Myth: pills can be stopped" is corrected by the paragraphs under it; "Myth 3" and "What not to do" are filled by them.
    if _BARE_MYTH.fullmatch(heading.lower) or not _MYTH.match(heading.lower):
        return True
    return block.kind in (Kind.ITEM, Kind.TERM, Kind.CELL)


def _labels(block: Block) -> tuple[list[int], list[bool]]:
    """Where the labels in ``block`` end, and whether each calls what follows it false."""
    found = list(_LABEL.finditer(block.lower))
    return [label.end() for label in found], [label["myth"] is not None for label in found]


def _is_contraceptive(thing: Thing) -> bool:
    name = thing.mention.name if thing.mention else None
    return name.group.id == "oral-contraceptive" if name else "pill" in thing.text
