"""Where a word is known from, for people who wonder why it is reported or why it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medlint.guard import is_medicine
from medlint.lexicon import words

RULE = "A word is reported as misspelt only if nothing knows it and a common word is one slip away."
"""What being known is for."""


def trace(word: str, own: Iterable[str] = ()) -> Iterator[str]:
    """What knows ``word``, a statement each; ``own`` are the project's words. Always at least one."""
    lower = word.lower()
    known = False
    for entry in own:
        if entry == word or (entry == entry.lower() and entry == lower):
            known = True
            yield f"The project's words have {entry!r}."
        elif entry.lower() == lower:
            yield f"The project's words have {entry!r}, which has a capital and so is accepted only as it is written."
    for fact, says in (
        (words.listed(word), "The word lists have it."),
        (is_medicine(word) or is_medicine(lower), "It is the name of a medicine."),
        (not words.listed(word) and words.derived(lower), "It is made of parts that the word lists have."),
    ):
        if fact:
            known = True
            yield says
    if not known:
        near = words.suggest(lower)
        yield (
            f"Nothing knows it, and {near.word!r} is near." if near else "Nothing knows it, and no common word is near."
        )
