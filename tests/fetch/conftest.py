"""Loopback servers, a resolver that answers what the test says, and short deadlines."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest

from medlint.fetch import LinkPolicy, LinkResult, check_links
from tests.fetch.server import Site


class Names:
    """A resolver from a table; a list of answers is given out one by one. Counts what it is asked."""

    def __init__(self, **table: str | Sequence[str] | Exception) -> None:
        self.table = {name.replace("_", "."): answer for name, answer in table.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        answer = self.table.get(host, socket.gaierror(socket.EAI_NONAME, "no such name"))
        if isinstance(answer, Exception):
            raise answer
        return (answer,) if isinstance(answer, str) else answer


Check = Callable[..., dict[str, LinkResult]]


@pytest.fixture(scope="session")
def _server() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


@pytest.fixture
def site(_server: Site) -> Iterator[Site]:
    """A web server on loopback, without pages."""
    yield _server
    _server.forget()


@pytest.fixture
def check(site: Site) -> Check:
    """``check_links`` that may speak to ``site``, does not wait, keeps nothing, and knows no names."""

    def run(
        urls: Iterable[str], *, resolver: Any = None, progress: Any = None, **options: Any
    ) -> dict[str, LinkResult]:
        settings: dict[str, Any] = {
            "allow_hosts": (site.place,),
            "timeout_link": 0.6,
            "retry_pause": 0,
            "host_interval": 0,
            "suggest_archive": False,
            "cache": False,
        }
        policy = LinkPolicy(**(settings | options))
        return check_links(urls, policy, resolver=resolver or Names(), progress=progress)

    return run
