"""Where medlint keeps what it can make again: compiled rules, compiled patterns, answers about links."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path

INSTALLATION = f"{zlib.crc32(__file__.encode('utf-8', 'surrogateescape')):08x}"
"""Which installation keeps a file: each of two would else overwrite what the other keeps, at every run."""


def folder() -> Path:
    """``MEDLINT_CACHE_DIR``, else the user's cache folder."""
    if own := os.environ.get("MEDLINT_CACHE_DIR"):
        return Path(own)
    if sys.platform == "linux":  # what platformdirs says too, after an import that takes a tenth of a short run
        return Path(os.environ.get("XDG_CACHE_HOME", "").strip() or Path.home() / ".cache", "medlint")
    from platformdirs import user_cache_path

    return user_cache_path("medlint", appauthor=False)
