"""Runs a target on one input, within the time that an input may take, and makes inputs up."""

from __future__ import annotations

import time

from hypothesis import strategies as st

from tests.fuzz.seeds import WORDS, seeds
from tests.fuzz.targets import TARGETS, Broken

SECONDS = 2.0
"""The processor time that one input of up to ``LONGEST`` bytes may take: a hundred times what most need."""
LONGEST = 4096


def run(target: str, data: bytes) -> None:
    """Run ``target`` on ``data``. Raises Broken for a fault, and for time that has no relation to the input."""
    began = time.process_time()
    TARGETS[target](data)
    spent = time.process_time() - began
    if spent > SECONDS * (1 + len(data) // LONGEST):
        raise Broken(f"{spent:.1f} seconds for {len(data)} bytes")


def inputs(target: str) -> st.SearchStrategy[bytes]:
    """Inputs for ``target``: words of what it reads, pieces of whole ones, and any bytes, one after another."""
    words = st.sampled_from([word.encode("utf-8", "surrogateescape") for word in WORDS[target]])
    whole = st.sampled_from(sorted({seed[:LONGEST] for seed in seeds(target)}, key=lambda seed: (len(seed), seed)))
    piece = st.builds(
        lambda text, start, length: text[start : start + length], whole, st.integers(0, 2000), st.integers(1, 300)
    )
    return st.lists(st.one_of(words, words, piece, st.binary(max_size=5)), max_size=16).map(b"".join)
