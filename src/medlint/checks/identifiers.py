"""Identifiers that cannot be right: wrong form, wrong check digit, cut off, or not the one that the link leads to."""

from collections.abc import Iterable

import msgspec

from medlint.facts import Facts, identifiers
from medlint.finding import Hit
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``skip``: kinds that are left alone (DOI, PMID, PMCID, ISBN, NCT number, ORCID iD)."""

    skip: tuple[str, ...] = ()


def triggers(options: Options) -> frozenset[str]:  # noqa: ARG001
    """Literals of which one occurs wherever the check can find something."""
    return identifiers.SIGNS


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield each such identifier; the variants are ``form``, ``digit``, ``cut`` and ``mismatch``."""
    for found in identifiers.find(facts.blocks_with(identifiers.SIGNS)):
        if found.problem and found.kind not in options.skip:
            fields = {"kind": found.kind, "value": found.value}
            yield Hit(found.block.span(found.start, found.end), fields, variant=found.problem)
    if "DOI" in options.skip:
        return
    for link in facts.document.links:
        target = identifiers.doi_of(link.url) if "doi.org/" in link.url else ""
        shown = identifiers.doi_in(link) if target and "10." in link.text else ""
        if shown and shown != target and link.block is not None and not link.block.hidden:
            fields = {"kind": "DOI", "value": shown, "target": target}
            yield Hit(link.block.span(link.start, link.end), fields, variant="mismatch")
