"""medlint: a linter for health articles.

>>> import medlint
>>> report = medlint.check("# Sleep\\n\\nYou can stop taking your antidepressant once you feel better.", name="sleep.md")
>>> [finding.rule for finding in report.files[0].findings]  # doctest: +SKIP
"""

from __future__ import annotations

from medlint._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # the standard library's own constant would cost an import
    from datetime import date

    from medlint.config import Config
    from medlint.report import Report


def check(text: str, name: str = "article.md", *, config: Config | None = None, today: date | None = None) -> Report:
    """Check one article and return the report.

    ``name`` tells the format (``.html`` or ``.md``) and appears in the report; nothing is read from disk or network.
    ``config`` is a ``medlint.config.Config`` (default: the built-in settings); ``today`` fixes the clock.
    Raises ConfigError for settings that name unknown rules, never anything for the text.
    """
    from datetime import date as clock

    from medlint.config import Config
    from medlint.pipeline import check_source
    from medlint.report import Report
    from medlint.source import Source

    settings = (config or Config()).settings(today or clock.today(), name)
    file = check_source(Source(text, name), settings)
    return Report((file,), today=settings.today.isoformat(), ruleset=settings.rules.digest)


__all__ = ["__version__", "check"]
