"""A loopback web server that behaves as badly as the test asks."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from typing import NamedTuple


class Asked(NamedTuple):
    """A request that arrived."""

    method: str
    path: str
    headers: dict[str, str]
    at: float


Page = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by the routes of its server; everything else is a 404."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Site

    def do_GET(self) -> None:
        self.server.log.append(Asked(self.command, self.path, dict(self.headers.items()), time.monotonic()))
        try:
            page = self.server.routes.get(self.path.partition("?")[0])
            if page:
                page(self)
            else:
                self.answer(404)
        except OSError:
            self.close_connection = True

    do_HEAD = do_GET

    def answer(self, status: int, body: bytes | str = b"", **headers: str) -> None:
        """A well-formed answer; keyword ``Content_Type`` becomes ``Content-Type``."""
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        headers.setdefault("Content_Type", "text/html; charset=utf-8")
        headers.setdefault("Content_Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def raw(self, data: bytes) -> None:
        """Exactly these bytes, and no more on this connection."""
        self.close_connection = True
        self.wfile.write(data)

    def drip(self, data: bytes, every: float = 0.05) -> None:
        """One byte after another, until the client has had enough."""
        self.close_connection = True
        for byte in data:
            if self.server.closing.wait(every):
                return
            self.wfile.write(bytes([byte]))

    def hold(self) -> None:
        """No answer at all."""
        self.close_connection = True
        self.server.closing.wait(10)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Site(ThreadingHTTPServer):
    """A server on a free loopback port. ``url("/a")`` is the address of a page, ``place`` the entry for allow-hosts."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, context: SSLContext | None = None, address: str = "127.0.0.1") -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        super().__init__((address, 0), Handler)
        self.routes: dict[str, Page] = {}
        self.log: list[Asked] = []
        self.closing = threading.Event()
        self.scheme = "http"
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
            self.scheme = "https"
        self.port: int = self.server_address[1]
        self.place = f"[{address}]:{self.port}" if ":" in address else f"{address}:{self.port}"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def url(self, path: str, host: str = "") -> str:
        return f"{self.scheme}://{f'{host}:{self.port}' if host else self.place}{path}"

    def page(
        self, path: str, body: str = "<title>A page</title><h1>Sleep</h1>", status: int = 200, **headers: str
    ) -> str:
        """Serve a page there, and return its URL."""
        self.routes[path] = lambda handler: handler.answer(status, body, **headers)
        return self.url(path)

    def route(self, path: str, page: Page) -> str:
        """Serve whatever ``page`` does there, and return the URL."""
        self.routes[path] = page
        return self.url(path)

    def asked(self, path: str) -> list[str]:
        """The methods used on ``path``, in order."""
        return [asked.method for asked in self.log if asked.path.partition("?")[0] == path]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what these tests are about."""

    def forget(self) -> None:
        """Let go of every client, page and request: a new server, but quicker."""
        self.closing.set()
        self.closing, self.routes, self.log = threading.Event(), {}, []

    def close(self) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()
