"""Rebuild the word data of ``src/medlint/lexicon`` from public packages. Run by hand, never at installation.

    python tools/build_lexicon.py PACKAGES [syllables] [words]

PACKAGES: see ``word_sources.py``. The result is the same for the same versions of the packages.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from pathlib import Path

from word_sources import medical_syllables, spoken

ROOT = Path(__file__).parents[1]
LEXICON = ROOT / "src" / "medlint" / "lexicon"
OWN = Path(__file__).with_name("lexicon")

SYLLABLES_HEAD = """\
# Syllables of words: the number, then words that have so many. The medical words were counted by hand; the others are from the CMU Pronouncing Dictionary,
# Copyright (C) 1993-2015 Carnegie Mellon University, see LICENSES.md: those that the letter patterns get wrong.
"""


def build_syllables(packages: Path) -> None:
    """Write ``syllables.txt``: the medical words, and every common CMU word that would be wrong without a line."""
    sys.path.insert(0, str(ROOT / "src"))
    from medlint.lexicon import syllables

    medical = medical_syllables(OWN / "medical-syllables.txt")
    table = dict(medical)
    everyday = spoken(packages)
    # Short words first: a plural is right by itself once its singular is.
    for word in sorted(everyday.keys() - medical.keys(), key=lambda word: (len(word), word)):
        if syllables.lookup(word, table) != everyday[word]:
            table[word] = everyday[word]
    lines: list[str] = []
    for number in sorted(set(table.values())):
        words = " ".join(sorted(word for word in table if table[word] == number))
        lines += (f"{number} {line}\n" for line in textwrap.wrap(words, 130, break_on_hyphens=False))
    (LEXICON / "syllables.txt").write_text(SYLLABLES_HEAD + "".join(lines), "ascii")
    print(f"syllables: {len(table)} words for {len(everyday)} CMU words and {len(medical)} medical words")


def main() -> None:
    parser = argparse.ArgumentParser(description="Rebuild the word data.")
    parser.add_argument("packages", type=Path)
    parser.add_argument("parts", nargs="*", default=["syllables", "words"])
    args = parser.parse_args()
    if "syllables" in args.parts:
        build_syllables(args.packages)
    if "words" in args.parts:
        from lexicon_words import build_words

        build_words(args.packages, LEXICON, ROOT / "rules" / "data", OWN)


if __name__ == "__main__":
    main()
