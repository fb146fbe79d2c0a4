"""Doses told to readers: that somebody is to be asked, or the label read; and that they are not more than is safe."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

import msgspec

from medlint.data import table
from medlint.document import Block, Kind
from medlint.facts import Facts, clinicians, doses
from medlint.facts.doses import Dose
from medlint.facts.medicine_names import Mention
from medlint.finding import Hit
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``find``: doses without a word on whom to ask, or doses above the most that adults take in a day."""

    find: Literal["unsupervised", "excessive"]


class _Limit(msgspec.Struct, frozen=True):
    names: tuple[str, ...]
    unit: str
    of: str
    label: float = 0
    prescription: float = 0
    upper: float = 0
    iu: float = 0


class _Limits(msgspec.Struct, frozen=True):
    limits: tuple[_Limit, ...]


_LABEL = re.compile(
    r"\b(?:labels?|packet|package|leaflet|directions|instructions|directed|instructed|prescri\w+|recommended on|box)\b"
)
_STUDY = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|participants|researchers|volunteers|randomi[sz]ed|placebo|patients|mice|rats|subjects|were given|was given|received)\b"
)
_NOT_A_DOSE = re.compile(
    r"\b(?:overdos\w+|toxic\w*|poison\w*|fatal|lethal|more than|exceed\w*|over|above|bottle|pack|contains?|containing|intravenous\w*|hospital|per kg|kilogram|"
    r"body weight|too much|dangerous|never|do not|don't|avoid)\b|mg/kg"
)


def triggers(options: Options) -> frozenset[str]:  # noqa: ARG001
    """Every amount has one of these units."""
    return frozenset(("mg", "mcg", "gram", " g ", "iu", "unit", "\u00b5g", "\u03bcg", " ml"))


def run(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    """Yield the doses that the rule's ``find`` is about."""
    if facts.profile.audience == "clinician" or facts.topic.language not in ("en", ""):
        return
    judge = {"unsupervised": _Supervision(facts).judge, "excessive": _excessive}[options.find]
    named: dict[int, list[Mention]] = {}
    for mention in facts.medicines.mentions:
        named.setdefault(mention.block.index, []).append(mention)
    for mentions in named.values():
        block = mentions[0].block
        if block.zone in rule.zones:
            for dose in doses.of_block(block, mentions):
                if hit := judge(dose):
                    yield hit


class _Supervision:
    """Judges whether somebody is to be asked about a dose; looks at each block once."""

    def __init__(self, facts: Facts) -> None:
        self._document = facts.document
        self._found: dict[int, bool] = {}

    def judge(self, dose: Dose) -> Hit | None:
        """The hit for a dose that readers are told to take without a word on whom to ask."""
        block, name = dose.block, dose.mention.name
        if name.kind == "supplement" or name.group.id == "vaccine" or not dose.mention.sure:
            return None
        if _STUDY.search(_sentence(dose)) or not doses.is_advised(dose) or self._is_given(block):
            return None
        return Hit(block.span(dose.start, dose.end), {"medicine": dose.mention.text}, "mild" if name.otc else "")

    def _is_given(self, block: Block) -> bool:
        """Whether the block, or for an item the list with what stands over it, names somebody to ask or the label."""
        if block.index not in self._found:
            part = self._document.sections[block.section] if block.kind is Kind.ITEM else None
            near = self._document.blocks[part.start : part.end] if part else (block,)
            self._found[block.index] = any(
                clinicians.names_any(other.lower) or _LABEL.search(other.lower) for other in near
            )
        return self._found[block.index]


def _sentence(dose: Dose) -> str:
    start, end = dose.sentence
    return dose.block.lower[start:end]


def _excessive(dose: Dose) -> Hit | None:
    limit = _limits().get(dose.mention.name.title.lower())
    if limit is None:
        return None
    sentence = _sentence(dose)
    if _NOT_A_DOSE.search(sentence) or _STUDY.search(sentence) or re.search(r"\b(?:week|month)", sentence):
        return None
    amount = dose.amount * (dose.per_day or 1) / limit.iu if dose.unit == "iu" and limit.iu else dose.a_day(limit.unit)
    most = limit.upper or limit.label
    if amount is None or amount <= most * 1.001:
        return None
    variant = "supplement" if limit.upper else ""
    if amount <= limit.prescription * 1.001:
        if clinicians.names_any(dose.block.lower) or _LABEL.search(dose.block.lower):
            return None
        variant = "label"
    elif limit.upper and clinicians.names_any(dose.block.lower):
        return None
    fields = {
        "medicine": dose.mention.text,
        "amount": f"{amount:,.0f} {limit.unit}",
        "limit": f"{most:,.0f} {limit.unit}",
        "of": limit.of,
    }
    return Hit(dose.block.span(dose.start, dose.end), fields, variant)


@cache
def _limits() -> Mapping[str, _Limit]:
    found = table("dose-limits", _Limits).limits
    return {name.lower(): limit for limit in found for name in limit.names}
