"""Certificates are checked, always, and a bad one is not the author's fault."""

from __future__ import annotations

import socket
import ssl
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from medlint.fetch import Failure, Outcome
from tests.fetch.conftest import Check, Names
from tests.fetch.server import Site

AUTHORITY = trustme.CA()
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def _serve(*names: str, authority: trustme.CA = AUTHORITY, **options: Any) -> Site:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **options).configure_cert(context)
    site = Site(context)
    site.page("/a")
    return site


@pytest.fixture
def trusted(tmp_path: Path) -> Iterator[Path]:
    """A file with the certificate of our authority."""
    path = tmp_path / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(str(path))
    yield path


def _result(check: Check, site: Site, trusted: Path | None) -> Any:
    link = site.url("/a", host="clinic.test")
    names = Names(clinic_test="127.0.0.1")
    return check([link], allow_hosts=("clinic.test",), resolver=names, ca_file=trusted, timeout_link=2)[link]


def test_a_good_certificate_is_good_for_the_name_though_the_address_is_pinned(check: Check, trusted: Path) -> None:
    site = _serve("clinic.test")
    result = _result(check, site, trusted)
    site.close()
    assert result.outcome is Outcome.ok
    assert site.log[0].headers["Host"] == f"clinic.test:{site.port}"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"names": ("other.test",)}, "Hostname mismatch"),
        ({"names": ("127.0.0.1",)}, "Hostname mismatch"),
        ({"names": ("clinic.test",), "not_after": YESTERDAY}, "certificate has expired"),
        ({"names": ("clinic.test",), "authority": trustme.CA()}, "unable to get local issuer certificate"),
    ],
    ids=["another name", "the address", "expired", "unknown authority"],
)
def test_a_bad_certificate_is_no_verdict(check: Check, trusted: Path, options: dict[str, Any], words: str) -> None:
    names = options.pop("names")
    site = _serve(*names, **options)
    result = _result(check, site, trusted)
    site.close()
    assert (result.outcome, result.failure) == (Outcome.unreachable, Failure.tls)
    assert words in result.reason
    assert not site.log


def test_an_old_protocol_is_no_verdict(check: Check, trusted: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("clinic.test").configure_cert(context)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    site = Site(context)
    site.page("/a")
    result = _result(check, site, trusted)
    site.close()
    assert (result.outcome, result.failure) == (Outcome.unreachable, Failure.tls)
    assert not site.log


def test_our_authority_is_trusted_only_if_told(check: Check) -> None:
    site = _serve("clinic.test")
    result = _result(check, site, None)
    site.close()
    assert result.failure is Failure.tls


def test_a_server_that_does_not_speak_tls_is_no_verdict(site: Site, check: Check) -> None:
    site.page("/a")
    link = site.url("/a").replace("http:", "https:")
    result = check([link])[link]
    assert (result.outcome, result.failure) == (Outcome.unreachable, Failure.tls)


def test_a_handshake_that_never_ends_is_cut_short(check: Check, trusted: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        link = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        began = time.monotonic()
        result = check([link], allow_hosts=("127.0.0.1",), ca_file=trusted, timeout_link=0.4)[link]
    assert result.failure is Failure.timeout
    assert time.monotonic() - began < 2
