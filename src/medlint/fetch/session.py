"""The session: requests and urllib3, on connections that only go where they may and only last as long as they may."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
from functools import lru_cache
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import InvalidHeader, MaxRetryError, ResponseError
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from medlint.fetch.clock import TimedTLSSocket, current_clock
from medlint.fetch.guard import Dialer
from medlint.fetch.policy import LinkPolicy

_TRIED_AGAIN = frozenset({429, 502, 503, 504})


def open_session(policy: LinkPolicy, dialer: Dialer) -> requests.Session:
    """A session without cookies, netrc, proxies or trust in the environment, whose connections ``dialer`` makes."""
    session = _Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    session.headers.update(
        {
            "User-Agent": policy.user_agent,
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            # A part of a page is of use only as it is; a compressed answer is unfolded all the same, up to a limit.
            "Accept-Encoding": "identity",
        }
    )
    adapter = _Adapter(policy, dialer)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002
        """Nowhere: to prepare the next request, requests would read the whole body of this one, however long."""
        return None


class _Adapter(HTTPAdapter):
    """requests on connections of our own making."""

    def __init__(self, policy: LinkPolicy, dialer: Dialer) -> None:
        self._dialer = dialer
        self._context = _tls_context(policy.ca_file)
        super().__init__(
            pool_connections=64,
            pool_maxsize=1,
            max_retries=_Patience(
                total=1,
                connect=0,
                other=0,
                redirect=False,
                allowed_methods={"HEAD", "GET"},
                status_forcelist=_TRIED_AGAIN,
                backoff_factor=0.5,
                raise_on_status=False,
                retry_after_max=int(policy.retry_after_max),
            ),
        )

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, ssl_context=self._context, **options)
        self.poolmanager.pool_classes_by_scheme = _pool_classes(self._dialer)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The context has its certificates; requests would read them anew for every connection."""


class _Patience(Retry):
    """urllib3's retries, on the link's clock, and never reading what came with a refusal."""

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
        # GET follows HEAD anyway; only a server that names a time is asked again by HEAD.
        return (method != "HEAD" or has_retry_after) and super().is_retry(method, status_code, has_retry_after)

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if error and current_clock.get().up:
            raise error
        if response is not None:
            response.close()
            if _pool and (self.get_retry_after(response) or 0) >= self.retry_after_max:
                raise MaxRetryError(_pool, url or "", ResponseError("asked to wait for too long"))
        return super().increment(method, url, response, error, _pool, _stacktrace)

    def parse_retry_after(self, retry_after: str) -> float:
        try:
            return super().parse_retry_after(retry_after)
        except (InvalidHeader, ValueError, OverflowError):
            return 0

    def get_backoff_time(self) -> float:
        return float(self.backoff_factor * 2 ** (len(self.history) - 1))

    def sleep(self, response: Any = None) -> None:
        if response is not None:
            current_clock.get().pause(self.get_retry_after(response) or self.get_backoff_time())


class _HeaderReader:
    """Notices whether a header block ended with its empty line or was cut off, which http.client takes for the end."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self.line = b""

    def readline(self, limit: int = -1) -> bytes:
        self.line = self._stream.readline(limit)
        return self.line

    def close(self) -> None:
        self._stream.close()


class _Response(http.client.HTTPResponse):
    def begin(self) -> None:
        stream: Any = self.fp
        reader: Any = _HeaderReader(stream)
        self.fp = reader
        try:
            super().begin()
        finally:
            if self.fp is reader:
                self.fp = stream
        if reader.line not in (b"\r\n", b"\n"):
            raise http.client.IncompleteRead(reader.line)


def _pool_classes(dialer: Dialer) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        response_class = _Response

        def _new_conn(self) -> socket.socket:
            return dialer.connect(self.host, self.port, current_clock.get())

    class Secure(HTTPSConnection):
        response_class = _Response

        def _new_conn(self) -> socket.socket:
            return dialer.connect(self.host, self.port, current_clock.get())

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


@lru_cache(maxsize=8)
def _tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Reading all certificates takes 20 ms: once is enough."""
    context = ssl.create_default_context(cafile=ca_file or certifi.where())
    context.sslsocket_class = TimedTLSSocket
    return context
