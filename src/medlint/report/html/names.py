"""File names for the pages of a report: the same for the same article, and safe on every system."""

from __future__ import annotations

import re
import unicodedata

from medlint.digests import blake2b

_LENGTH = 60


def page(path: str) -> str:
    """The name of the page of the article at ``path``: readable, and told apart from others by a digest of the path."""
    plain = unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[-_LENGTH:].strip("-")
    digest = blake2b(path.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{slug or 'article'}-{digest}.html"
