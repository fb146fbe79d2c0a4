"""What medlint understood of an article. Each fact is found once, on first use, by its module; checks only judge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from medlint.document import Block, Document, Zone
from medlint.matching import Scanner, holds_any
from medlint.profile import Profile

if TYPE_CHECKING:
    from medlint.facts.citations import Citations
    from medlint.facts.crisis import Crisis
    from medlint.facts.dates import Dates
    from medlint.facts.disclaimer import Disclaimer
    from medlint.facts.medicines import Medicines
    from medlint.facts.people import People
    from medlint.facts.promise import Promise
    from medlint.facts.publisher import Publisher
    from medlint.facts.readability import Readability
    from medlint.facts.topic import Topic
    from medlint.facts.visibility import Visibility
    from medlint.fetch.result import LinkResult


class Facts:
    """The facts of one document under one profile, on one day."""

    def __init__(
        self,
        document: Document,
        profile: Profile,
        today: date,
        *,
        links: Mapping[str, LinkResult] = {},
        files_exist: Callable[[str], bool] | None = None,
    ) -> None:
        self.document = document
        self.profile = profile
        self.today = today
        self.links = links
        """What came back for each URL that a run asked for; empty offline."""
        self.files_exist = files_exist
        """Whether a path relative to the article is there; None where that is not to be judged."""
        self.occurrences: Mapping[str, tuple[Block, ...]] = {}
        """Where the literals that the engine looked for occur."""
        self._sought: frozenset[str] = frozenset()
        self._unlisted: dict[str, frozenset[str]] = {}

    def look(self, scanner: Scanner) -> None:
        """Find the literals of a rule set in one pass, for ``occurrences`` and ``blocks_with``."""
        self.occurrences, self._sought = scanner.scan(self.document), scanner.literals

    def blocks_with(self, literals: Collection[str], zones: Collection[Zone] = ()) -> Sequence[Block]:
        """The visible blocks of ``zones`` (all if empty) in which one of ``literals`` occurs, in order.

        Without literals, every block of the zones. Literals are lower case and found in ``Block.lower``; those that the
        engine looked for, the ``triggers`` of checks, cost least.
        """
        if not literals:
            return self.document.prose(zones)
        if not self._sought.issuperset(literals):
            return [block for block in self.document.prose(zones) if holds_any(block.lower, literals)]
        if self.occurrences.keys().isdisjoint(literals):
            return ()
        holding = {block.index for literal in literals for block in self.occurrences.get(literal, ())}
        return [block for block in self.document.prose(zones) if block.index in holding]

    def occurring(self, literals: Collection[str]) -> Collection[str]:
        """Those of ``literals`` that occur on the page; all of them where the engine did not look for them."""
        return self.occurrences.keys() & literals if self._sought.issuperset(literals) else literals

    def unlisted(self, zones: Collection[Zone]) -> frozenset[str]:
        """The words of the visible blocks of ``zones``, in lower case, that are in no word list."""
        from medlint.lexicon import words

        key = " ".join(zones)
        if key not in self._unlisted:
            self._unlisted[key] = words.unlisted(block.spelt for block in self.document.prose(zones))
        return self._unlisted[key]

    @cached_property
    def topic(self) -> Topic:
        """Language, region and whether the page is about health."""
        from medlint.facts import topic

        return topic.find(self.document, self.profile)

    @cached_property
    def people(self) -> People:
        """Who wrote and who reviewed the page."""
        from medlint.facts import people

        return people.find(self.document)

    @cached_property
    def visibility(self) -> Visibility:
        """Which parts of the page are in view, folded or hidden."""
        from medlint.facts.visibility import Visibility

        return Visibility(self.document)

    @cached_property
    def dates(self) -> Dates:
        """When the page was published, updated and reviewed."""
        from medlint.facts import dates

        return dates.find(self.document, self.people)

    @cached_property
    def disclaimer(self) -> Disclaimer:
        """Where the page says that it does not replace advice, and which elements of that it has."""
        from medlint.facts import disclaimer

        return disclaimer.find(self.document, self.visibility)

    @cached_property
    def crisis(self) -> Crisis:
        """Distress topics, and the crisis and emergency lines given."""
        from medlint.facts import crisis

        return crisis.find(self.document, self.topic, self.visibility)

    @cached_property
    def citations(self) -> Citations:
        """The sources section, its entries, and the citations in the text."""
        from medlint.facts import citations

        return citations.find(self.document)

    @cached_property
    def medicines(self) -> Medicines:
        """Medicines named, advice about taking them, and safety statements."""
        from medlint.facts import medicines

        return medicines.find(self.document)

    @cached_property
    def readability(self) -> Readability:
        """Grades of the body text, whole and by section, with what costs most."""
        from medlint.facts import readability

        return readability.find(self.document, self.topic)

    @cached_property
    def promise(self) -> Promise | None:
        """The number of things the title promises, and how many there are."""
        from medlint.facts import promise

        return promise.find(self.document)

    @cached_property
    def publisher(self) -> Publisher:
        """What the page says of its publisher: its name, what it sells, whom it turns away."""
        from medlint.facts import publisher

        return publisher.find(self.document, self.profile)
