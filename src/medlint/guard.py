"""What no fix may change, whoever suggests it: a number, a unit, a medicine's name, a negation.

The guard is the engine's, not the rules'. A fix that it refuses is still shown, for a person to apply.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from medlint.document import Document
from medlint.facts import medicine_names
from medlint.finding import Edit, Finding, Fix, Safety
from medlint.insertion import written

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_UNIT = re.compile(
    r"(?<![A-Za-z])(?:mg|mcg|µg|μg|g|kg|ml|mL|l|L|dl|dL|iu|IU|units?|mmol|mEq|mmHg|cm|mm|m|km|lb|lbs|oz|kcal|kJ|hours?|days?"
    r"|weeks?|months?|years?|minutes?|°[CF]|%|tablets?|capsules?|drops?|puffs?|teaspoons?|tablespoons?)(?![A-Za-z])"
)
_NEGATION = re.compile(
    r"\b(?:not?|never|none|nor|neither|without|cannot|unless|avoid|stop|don['’]?t|\w+n['’]t)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def guarded(document: Document, finding: Finding, snippets: Iterable[str] = ()) -> Finding:
    """``finding``, whose fix is for display only if the guard refuses it."""
    fix = finding.fix
    if fix is None or fix.safety is Safety.DISPLAY or not guard(document, fix, snippets):
        return finding
    return replace(finding, fix=replace(fix, safety=Safety.DISPLAY))


def guard(document: Document, fix: Fix, snippets: Iterable[str] = ()) -> str:
    """Why ``fix`` must not be applied; empty if it may be.

    Numbers, units and medicines of the block may not change: none may go, and none may come that the block does not
    have. Negations may neither go nor come. A configured snippet is the user's own word and passes.
    """
    own = [written(snippet, document.format).split() for snippet in snippets]
    for edit in fix.edits:
        if edit.span.start == edit.span.end and edit.replacement.split() in own:
            continue
        old, new = document.source.slice(edit.span), edit.replacement
        if _in_comment(document, edit):
            continue
        block = document.block_at(edit.span.start)
        around = block.text if block else ""
        for what, find in (("number", _numbers), ("unit", _units), ("medicine", _medicines)):
            before, after = Counter(find(old)), Counter(find(new))
            if before - after or set(after - before) - set(find(around)):
                return f"it would change a {what}"
        if Counter(_negations(old)) != Counter(_negations(new)):
            return "it would change a negation"
    return ""


def _in_comment(document: Document, edit: Edit) -> bool:
    """Whether ``edit`` deletes a comment, or changes words inside one: readers see neither."""
    start, end = edit.span
    for comment in document.comments:
        if comment.span.start < start and end < comment.span.end:
            return ">" not in edit.replacement and not edit.replacement.endswith("-")
        if start <= comment.span.start and comment.span.end <= end and not edit.replacement:
            return document.source.slice(edit.span).strip() == document.source.slice(comment.span)
    return False


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


def _units(text: str) -> list[str]:
    return _UNIT.findall(text)


def _negations(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _NEGATION.findall(text)]


def _medicines(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text) if is_medicine(word)]


def is_medicine(word: str) -> bool:
    """Whether ``word``, as it is written, is the name of a medicine or a brand."""
    return any(
        not rest and name.kind == "medicine" and name.cased in ("", word)
        for rest, name in medicine_names.index().get(word.lower(), ())
    )
