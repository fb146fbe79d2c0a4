"""What part of speech a common English word can be: enough grammar for closed frames, without a parser.

A class is one letter: ``n`` noun, ``N`` plural noun, ``v`` base form of a verb, ``z`` its third person, ``t`` past tense,
``p`` past participle, ``g`` form in -ing, ``a`` adjective, ``c`` comparative, ``r`` adverb. Words of the closed classes
(articles, pronouns, prepositions, auxiliaries ...) have none: frames name them. The list comes from WordNet and
SCOWL by ``tools/word_classes.py``; readings that WordNet's counted texts hardly ever show are rare.
"""

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from medlint.lexicon import word_file

AUXILIARIES = frozenset(
    "am is are was were be been being has have had do does did can could may might must shall should will would cannot "
    "isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't can't couldn't won't wouldn't shouldn't".split()
)

CLOSED = AUXILIARIES | frozenset(
    "a an the this that these those my your his her its our their whose which what who whom i you he she it we they me him us them "
    "mine yours hers ours theirs myself yourself himself herself itself ourselves yourselves themselves "
    "and or but nor so yet if because although though while when where why how than as since until unless whether after before once "
    "of in to for on with at by from up about into over through during between among against without within along across behind beyond "
    "near off onto out per toward towards under upon via despite around above below beside besides except like including regarding "
    "not no yes all any both each every either neither some many much few several more most other others another such very too also just "
    "only even still already again ever never always often sometimes perhaps maybe there here then now there's it's that's what's "
    "anyone someone everyone nobody anybody somebody everybody nothing something anything everything none ought".split()
)
"""Articles, pronouns, conjunctions, prepositions, auxiliaries and the commonest adverbs: words that no frame may take for
a noun, a verb or an adjective."""


class Classes(msgspec.Struct, frozen=True):
    """The usual and the rare classes of a word; both empty if it is unknown or of a closed class."""

    usual: str = ""
    rare: str = ""


_NONE = Classes()


@lru_cache(maxsize=1 << 15)
def of(word: str) -> Classes:
    """The classes of ``word`` (lower case)."""
    note = word_file.open_list("word-classes.txt").note(word)
    if note is None:
        return _NONE
    usual, _, rare = note.partition("/")
    return Classes(usual, rare)


def may_be(word: str, classes: str) -> bool:
    """Whether ``word`` has one of ``classes`` among its readings, rare ones included."""
    found = of(word)
    return any(letter in found.usual or letter in found.rare for letter in classes)


def usual(word: str, classes: str) -> bool:
    """Whether ``word`` has one of ``classes`` among its usual readings."""
    return any(letter in of(word).usual for letter in classes)


def starting(prefix: str) -> Iterator[tuple[str, str]]:
    """Every listed word that begins with ``prefix``, with its classes as the list writes them (usual/rare)."""
    return word_file.open_list("word-classes.txt").starting(prefix)


def only(word: str, classes: str) -> bool:
    """Whether ``word`` is known and has no usual reading outside ``classes``."""
    usual = of(word).usual
    return bool(usual) and all(letter in classes for letter in usual)


def never(word: str, classes: str) -> bool:
    """Whether ``word`` is known and has none of ``classes``, not even rarely."""
    found = of(word)
    return bool(found.usual) and not any(letter in found.usual or letter in found.rare for letter in classes)
