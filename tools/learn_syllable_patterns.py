"""Learn the letter patterns of ``medlint/lexicon/syllables.py`` from the CMU Pronouncing Dictionary. Run by hand.

    python tools/learn_syllable_patterns.py PACKAGES             print the patterns
    python tools/learn_syllable_patterns.py PACKAGES --measure   print how often they are right on words not learned from

A word starts with one syllable a run of vowels. The pattern of two to six letters that puts the most words right, less
those that it puts wrong, is taken; then the next, until none gains ``LEAST_GAIN`` words. Medical words checked by hand
weigh five times, since they are what a health page is full of. PACKAGES: see ``word_sources.py``.
"""

from __future__ import annotations

import argparse
import random
import re
import textwrap
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from word_sources import medical_syllables, spoken

LEAST_GAIN = 6
LONGEST_PATTERN = 6
MEDICAL_WEIGHT = 5
MEDICAL = Path(__file__).with_name("lexicon") / "medical-syllables.txt"
_VOWELS = re.compile("[aeiouy]+")

Pattern = tuple[str, int]


def learn(words: list[tuple[str, int]]) -> list[Pattern]:
    """The patterns for ``words`` (word, syllables), the most useful first: (letters, +1 or -1)."""
    lacking = [syllables - len(_VOWELS.findall(word)) for word, syllables in words]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, (word, _) in enumerate(words):
        marked = f"<{word}>"
        for pattern in {marked[a : a + n] for n in range(2, LONGEST_PATTERN + 1) for a in range(len(marked) - n + 1)}:
            holders[pattern].append(index)
    holders = {pattern: where for pattern, where in holders.items() if len(where) >= LEAST_GAIN}
    within: list[list[str]] = [[] for _ in words]
    for pattern, where in holders.items():
        for index in where:
            within[index].append(pattern)
    # How many words with a pattern lack -2, -1, 0, 1, 2 syllables.
    counts: dict[str, Counter[int]] = {pattern: Counter() for pattern in holders}
    for index, lack in enumerate(lacking):
        for pattern in within[index]:
            counts[pattern][max(-2, min(lack, 2))] += 1

    def gain(pattern: str, step: int) -> float:
        held = counts[pattern]
        return held[step] + held[2 * step] / 2 - held[0] - 0.3 * held[-step] - 0.2 * len(pattern)

    learned: list[Pattern] = []
    while True:
        best, letters, step = max((gain(pattern, step), pattern, step) for pattern in holders for step in (1, -1))
        if best < LEAST_GAIN:
            return learned
        learned.append((letters, step))
        for index in holders[letters]:
            for pattern in within[index]:
                counts[pattern][max(-2, min(lacking[index], 2))] -= 1
            lacking[index] -= step
            for pattern in within[index]:
                counts[pattern][max(-2, min(lacking[index], 2))] += 1


def by_patterns(word: str, patterns: Iterable[Pattern]) -> int:
    """The syllables of ``word`` by its vowel runs and ``patterns``."""
    marked = f"<{word}>"
    return max(1, len(_VOWELS.findall(word)) + sum(step for letters, step in patterns if letters in marked))


def share_right(words: Iterable[tuple[str, int]], patterns: list[Pattern]) -> float:
    words = list(words)
    return sum(by_patterns(word, patterns) == n for word, n in words) / len(words)


def measure(everyday: dict[str, int], medical: dict[str, int]) -> None:
    """Learn from four fifths of the words and half of the medical ones, and print how the rest comes out."""
    shuffled = sorted(medical.items())
    random.Random(5).shuffle(shuffled)
    half = len(shuffled) // 2
    # Words that begin alike stay together, so that no inflection of a held-out word was learned from.
    held_out = [(w, n) for w, n in everyday.items() if zlib.crc32(w[:5].encode()) % 5 == 0 and w not in medical]
    known = [(w, n) for w, n in everyday.items() if zlib.crc32(w[:5].encode()) % 5 and w not in medical]
    patterns = learn(known + shuffled[:half] * MEDICAL_WEIGHT)
    print(f"{len(patterns)} patterns; right on words not learned from:")
    print(f"  {share_right(held_out, patterns):.1%} of {len(held_out)} words of the CMU dictionary")
    print(f"  {share_right(shuffled[half:], patterns):.1%} of {len(medical) - half} medical words")


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn syllable patterns.")
    parser.add_argument("packages", type=Path)
    parser.add_argument("--measure", action="store_true")
    args = parser.parse_args()
    medical = medical_syllables(MEDICAL)
    everyday = {w: n for w, n in spoken(args.packages).items() if w.isalpha() and len(w) > 2 and _VOWELS.search(w)}
    if args.measure:
        measure(everyday, medical)
        return
    plain = [(word, n) for word, n in everyday.items() if word not in medical]
    patterns = learn(plain + list(medical.items()) * MEDICAL_WEIGHT)
    for name, step in (("_MORE", 1), ("_FEWER", -1)):
        print(name)
        print(textwrap.fill(" ".join(p for p, s in patterns if s == step), 112, break_on_hyphens=False))


if __name__ == "__main__":
    main()
