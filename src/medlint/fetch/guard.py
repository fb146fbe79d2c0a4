"""Which address is spoken to: a name is resolved once, every answer is checked, and only a checked address is dialled.

Everything that opens a socket goes through ``Dialer.connect``, with the host and port that urllib3 is about to use, so
there is no second look-up that could answer differently (rebinding) and no parser that could see another host.
"""

from __future__ import annotations

import errno
import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence

from medlint.fetch.address import Address, as_address, is_internal, is_public
from medlint.fetch.clock import Clock, TimedSocket
from medlint.fetch.policy import LinkPolicy
from medlint.fetch.result import Failure
from medlint.fetch.target import Refusal, refused

Resolver = Callable[[str, int], Sequence[str]]
"""Addresses for a host and port; raises ``socket.gaierror`` as ``socket.getaddrinfo`` does."""

_CONNECT_SECONDS = 5.0
_ADDRESSES_TRIED = 3
# After so many hosts in vain and none reached, the network is down: waiting for each of the others helps nobody.
_HOPELESS = 8
_CONTROL_NAMES = ("doi.org", "www.nlm.nih.gov", "example.com")
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


class Unreached(Exception):
    """No connection: ``failure`` says how it failed."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def system_resolver(host: str, port: int) -> tuple[str, ...]:
    """The operating system's answer, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Dialer:
    """Connects to hosts for one run, and remembers what it learnt of each.

    A host that could not be reached is not tried again before ``forget_failures``.
    """

    def __init__(self, policy: LinkPolicy, resolver: Resolver) -> None:
        self._policy = policy
        self._resolver = resolver
        self._fair_wait = min(_CONNECT_SECONDS, policy.timeout_link) / 4
        self.connected = False
        """Has any server accepted a connection?"""
        self._resolved = False
        self._addresses: dict[tuple[str, int], tuple[Address, ...]] = {}
        self._failures: dict[tuple[str, int], Unreached | Refusal] = {}
        self._in_vain = 0

    def forget_failures(self) -> None:
        """Let every host be tried again."""
        self._failures.clear()
        self._in_vain = 0

    def names_resolve(self, clock: Clock) -> bool:
        """Do names resolve here at all? Asks for well-known ones if no name of this run has an answer."""
        for name in () if self._resolved else _CONTROL_NAMES:
            try:
                self._resolved = bool(_look_up(self._resolver, name, 443, clock))
            except Unreached:
                continue
            break
        return self._resolved

    def connect(self, host: str, port: int, clock: Clock) -> socket.socket:
        """A socket connected to a checked address of ``host`` (canonical, IPv6 without brackets).

        Raises ``Refusal`` if an address is not public, ``Unreached`` if there is no connection.
        """
        place = host, port
        if place in self._failures:
            raise self._failures[place].with_traceback(None)
        if self._in_vain >= _HOPELESS and not self.connected:
            raise Unreached(Failure.no_connection)
        began = time.monotonic()
        try:
            if place not in self._addresses:
                self._addresses[place] = self._checked(host, port, clock)
            return self._dial(place, clock)
        except Refusal as error:
            self._failures[place] = error
            raise
        except Unreached as error:
            # A link that came with hardly any time left says nothing about the host.
            if not clock.up or time.monotonic() - began >= self._fair_wait:
                self._failures[place] = error
                self._in_vain += error.failure not in (Failure.no_such_name, Failure.refused)
            raise

    def _checked(self, host: str, port: int, clock: Clock) -> tuple[Address, ...]:
        literal = as_address(host)
        allowed = self._policy.allows(f"[{host}]" if ":" in host else host, port)
        if literal is not None:
            answers: tuple[Address, ...] = (literal,)
        else:
            found = _look_up(self._resolver, host, port, clock)
            self._resolved = True
            answers = tuple(map(ipaddress.ip_address, found))
        # One private answer among public ones is how a rebinding name looks: all must pass.
        for address in answers:
            if not (is_public(address) or (allowed and (literal is not None or is_internal(address)))):
                raise refused(f"The host {host} is at {address}, which is not a public address.")
        return answers

    def _dial(self, place: tuple[str, int], clock: Clock) -> socket.socket:
        failure = Failure.no_connection
        for address in self._addresses[place][:_ADDRESSES_TRIED]:
            sock = TimedSocket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
            try:
                sock.settimeout(min(_CONNECT_SECONDS, clock.remaining()))
                sock.connect((str(address), place[1]))
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(clock.remaining())
            except OSError as error:
                sock.close()
                failure = _failure_of(error)
            else:
                self.connected = True
                return sock
        raise Unreached(failure)


def _look_up(resolver: Resolver, host: str, port: int, clock: Clock) -> Sequence[str]:
    """Ask the resolver, but no longer than the clock allows: ``getaddrinfo`` has no time-out of its own."""
    answer: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolver(host, port))
        except Exception as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True, name=f"resolve {host}").start()
    try:
        found = answer.get(timeout=clock.remaining())
    except (queue.Empty, TimeoutError) as error:
        raise Unreached(Failure.lookup_failed) from error
    if isinstance(found, socket.gaierror) and found.errno in _NO_SUCH_NAME:
        raise Unreached(Failure.no_such_name) from found
    if isinstance(found, Exception):
        raise Unreached(Failure.lookup_failed) from found
    if not found or not all(map(as_address, found)):
        raise Unreached(Failure.lookup_failed)
    return found


def _failure_of(error: OSError) -> Failure:
    if isinstance(error, ConnectionRefusedError):
        return Failure.refused
    return Failure.no_route if error.errno in _NO_ROUTE else Failure.no_connection
