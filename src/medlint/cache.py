"""Where medlint keeps what it can make again: compiled rules, compiled patterns, answers about links."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def folder() -> Path:
    """``MEDLINT_CACHE_DIR``, else the user's cache folder."""
    if own := os.environ.get("MEDLINT_CACHE_DIR"):
        return Path(own)
    if sys.platform == "linux":  # what platformdirs says too, after an import that takes a tenth of a short run
        return Path(os.environ.get("XDG_CACHE_HOME", "").strip() or Path.home() / ".cache", "medlint")
    from platformdirs import user_cache_path

    return user_cache_path("medlint", appauthor=False)
