"""The vocabulary of advice about taking medicines, from ``rules/data/medication-wording.yaml``, ready to look up."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

import msgspec

from medlint.data import table


class Action(StrEnum):
    """What advice does to a treatment."""

    STOP = "stop"
    CHANGE = "change"


class Verb(msgspec.Struct, frozen=True):
    """Something a reader can be told to do with a medicine; the table says what each field means."""

    base: str
    ing: str
    past: str
    action: Action
    particles: tuple[str, ...] = ("",)
    raises: bool = False
    adjective: bool = False
    adherence: bool = False
    disposal: bool = False


class _Table(msgspec.Struct, frozen=True, rename="kebab"):
    verbs: tuple[Verb, ...]
    portions: tuple[str, ...]
    medicines: frozenset[str]
    doses: frozenset[str]
    devices: frozenset[str]
    drugs: frozenset[str]
    treatments: frozenset[str]
    forms: frozenset[str]
    cues: frozenset[str]
    compounds: frozenset[str]
    dose_words: frozenset[str]
    fields: frozenset[str]
    remedies: frozenset[str]
    leftovers: frozenset[str]
    mild_classes: frozenset[str]
    no_directive_classes: frozenset[str]
    natural_classes: frozenset[str]
    self_adjusted: frozenset[str]
    also_risky: frozenset[str]
    not_risky: frozenset[str]


class Form(StrEnum):
    """The form of a verb where it stands."""

    BASE = "base"
    ING = "ing"
    PAST = "past"


class Use(msgspec.Struct, frozen=True):
    """A verb in one of its forms, with one of its particles, split into words."""

    verb: Verb
    form: Form
    particle: tuple[str, ...]


@cache
def words() -> _Table:
    """The table."""
    found: _Table = table("medication-wording", _Table)
    return found


@cache
def nouns() -> frozenset[str]:
    """The nouns that stand for a medicine where none is named."""
    table = words()
    return table.medicines | table.doses | table.devices | table.drugs | table.treatments


@cache
def uses() -> Mapping[str, tuple[Use, ...]]:
    """Every form of every verb, those with the longest particles first."""
    found: dict[str, list[Use]] = {}
    for verb in words().verbs:
        for form, spelt in ((Form.BASE, verb.base), (Form.ING, verb.ing), (Form.PAST, verb.past)):
            found.setdefault(spelt, []).extend(Use(verb, form, tuple(p.split())) for p in verb.particles)
    return {spelt: tuple(sorted(uses, key=lambda use: -len(use.particle))) for spelt, uses in found.items()}


@cache
def verb(base: str) -> Verb:
    """The first verb of the table whose base form is ``base``."""
    return next(verb for verb in words().verbs if verb.base == base)


@cache
def portions() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The portions by their first word, split into words, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for portion in words().portions:
        split = tuple(portion.split())
        found.setdefault(split[0], []).append(split)
    return {first: tuple(sorted(several, key=lambda p: -len(p))) for first, several in found.items()}
