"""An archived copy of a page that is gone: the Wayback Machine's availability API."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from medlint.fetch.policy import Endpoints

_COPY = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]*/[!-~]{1,2000}")


def question(url: str, endpoints: Endpoints) -> str:
    """The URL that tells whether there is a copy of ``url``."""
    return f"{endpoints.archive}/wayback/available?url={quote(url, safe='')}"


def copy_in(body: bytes) -> str | None:
    """The address of the copy that the API's answer names, if it names a usable one."""
    try:
        answer: Any = json.loads(body)
        closest = answer["archived_snapshots"]["closest"]
        usable = closest["available"] is True and str(closest["status"]) == "200"
        address = str(closest["url"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return "https" + address[address.index(":") :] if usable and _COPY.fullmatch(address) else None
