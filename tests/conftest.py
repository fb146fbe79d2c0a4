"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no failure: what must not get slower is counted in test_cost.py.
settings.register_profile("medlint", deadline=None)
settings.load_profile("medlint")
