"""What a check yields (a Hit) and what a reader of a report gets (a Finding)."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import msgspec

from medlint.digests import blake2b
from medlint.source import Span


class Severity(StrEnum):
    """How bad: an ``error`` is what two editors would both call a defect, and fails the gate by default."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANK[self]


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Confidence(StrEnum):
    """How sure medlint is that the finding is what it says."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Safety(StrEnum):
    """Whether a fix may be applied: by ``--fix``, by ``--unsafe-fixes``, or only be shown."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


class State(StrEnum):
    """Whether a finding counts: open, or silenced by a suppression or the baseline."""

    OPEN = "open"
    SUPPRESSED = "suppressed"
    BASELINED = "baselined"


class Edit(NamedTuple):
    """Replace the source characters of ``span`` with ``replacement``."""

    span: Span
    replacement: str


class Fix(msgspec.Struct, frozen=True):
    """Edits that mend a finding together. An empty title is worded from the edits."""

    edits: tuple[Edit, ...]
    safety: Safety
    title: str = ""


class Related(NamedTuple):
    """Another place that bears on a finding. A check gives the key of one of the rule's ``notes`` as ``message``."""

    span: Span
    message: str


class Hit(msgspec.Struct, frozen=True):
    """A place where a rule applies. An absence is a hit whose span is the insertion point.

    ``fields`` fill the rule's message; ``variant`` picks one of the rule's variants, with its own wording and severity.
    """

    span: Span
    fields: Mapping[str, str] = {}
    variant: str = ""
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    confidence: Confidence | None = None


class Undetermined(msgspec.Struct, frozen=True):
    """A check's answer where it will not guess: why it could not decide."""

    reason: str


class Finding(msgspec.Struct, frozen=True):
    """A hit with all that its rule says of it, as reports show it."""

    rule: str
    category: str
    severity: Severity
    confidence: Confidence
    message: str
    advice: str
    span: Span
    text: str
    zone: str
    fingerprint: str
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    state: State = State.OPEN
    reason: str = ""


def fingerprint(rule: str, text: str, context: str, occurrence: int) -> str:
    """A name for a finding that survives reflowing and edits elsewhere.

    Made of the rule, the normalised words found, the normalised text of their block, and how many equal ones precede.
    """
    normal = "\0".join((rule, _normal(text), _normal(context), str(occurrence)))
    return blake2b(normal.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@lru_cache(maxsize=64)
def _normal(text: str) -> str:
    return " ".join(text.split()).casefold()
