"""Is the source still there? The network edge of medlint: a list of URLs in, one verdict for each out.

``check_links`` never raises for any string, never speaks to a private address, and calls a link broken only when the
host itself said so, twice. Nothing here is imported by an offline run; requests and Beautiful Soup are imported when
the first link is fetched.
"""

from medlint.fetch.cache import clear_cache
from medlint.fetch.guard import Resolver, system_resolver
from medlint.fetch.policy import Endpoints, LinkPolicy
from medlint.fetch.result import Failure, LinkResult, Outcome
from medlint.fetch.run import INTERRUPTED, check_links, network_seems_down

__all__ = [
    "INTERRUPTED",
    "Endpoints",
    "Failure",
    "LinkPolicy",
    "LinkResult",
    "Outcome",
    "Resolver",
    "check_links",
    "clear_cache",
    "network_seems_down",
    "system_resolver",
]
