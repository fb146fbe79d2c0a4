"""Every target on inputs made up in the same way each time, and on every input that ever broke one."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.driver import inputs, run
from tests.fuzz.found import FOUND
from tests.fuzz.targets import TARGETS

_TIMES = int(os.environ.get("MEDLINT_FUZZ_TIMES", "1"))
"""How many times as many inputs as usual."""
_INPUTS = {"response": 300, "reports": 150}
_USUAL = 800


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_made_up_breaks_it(target: str) -> None:
    run(target, b"")  # what is made once is not any input's fault

    @settings(
        max_examples=_INPUTS.get(target, _USUAL) * _TIMES,
        derandomize=True, database=None, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(inputs(target))
    def check(data: bytes) -> None:
        run(target, data)

    check()


@pytest.mark.parametrize(
    ("target", "data", "broke"), FOUND, ids=[f"{target}-{data[:20]!r}" for target, data, _ in FOUND]
)
def test_what_was_found_stays_mended(target: str, data: bytes, broke: str) -> None:
    run(target, data)
