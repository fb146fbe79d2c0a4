"""From what was seen to what is said. When in doubt, not broken: a false alarm costs a link checker its readers."""

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import msgspec

from medlint.fetch.identifiers import Identifier, registered
from medlint.fetch.page import Page
from medlint.fetch.policy import LinkPolicy
from medlint.fetch.result import Failure, Outcome, plain
from medlint.fetch.target import Target

if TYPE_CHECKING:
    from medlint.fetch.client import Visit

_GONE = frozenset({404, 410})
_BLOCKED = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451, 999})


class Evidence(msgspec.Struct, frozen=True):
    """What the run as a whole shows of the network, without which no single failure can be blamed on a site."""

    names_resolve: bool = True
    hosts_answer: bool = True


class Verdict(NamedTuple):
    """An outcome and its reason."""

    outcome: Outcome
    reason: str


def judge(visit: "Visit", asked: Target, policy: LinkPolicy, evidence: Evidence) -> Verdict:
    """The verdict on the link ``asked``, which ``visit`` was made for."""
    answer = visit.answer
    if answer.refusal:
        return Verdict(answer.refusal.outcome, _refusal_reason(visit))
    if answer.failure:
        return _failed(visit, policy, evidence)
    if answer.status is None:
        return Verdict(Outcome.unreachable, "The link could not be checked.")
    if policy.accepts(visit.target.host, answer.status):
        return Verdict(Outcome.ok, f"The site answers {answer.status}, which the configuration accepts.")
    if answer.challenged:
        return Verdict(Outcome.blocked, _ask_a_person("wants to see a person first", answer.status))
    if answer.success or answer.status in (300, 304, 416):
        return _arrived(visit, asked)
    if answer.status in _GONE:
        return Verdict(Outcome.broken, f"The page is not there: the site answers {_phrase(answer.status)}.")
    if answer.status in _BLOCKED:
        return Verdict(Outcome.blocked, _ask_a_person("turns programs away", answer.status))
    return Verdict(
        Outcome.unreachable, f"The site could not show the page just now: it answers {_phrase(answer.status)}."
    )


def judge_identifier(visit: "Visit", identifier: Identifier, policy: LinkPolicy, evidence: Evidence) -> Verdict:
    """The verdict on an identifier, whose registry ``visit`` asked."""
    answer = visit.answer
    if answer.status is not None and not answer.refusal:
        exists = registered(identifier, answer.status, answer.body)
        name = plain(f"{identifier.registry} {identifier.value}", 90)
        if exists is not None:
            return (
                Verdict(Outcome.ok, f"{name} is registered.")
                if exists
                else Verdict(Outcome.broken, f"{name} is not registered.")
            )
        if answer.success or answer.status in _GONE:
            return Verdict(Outcome.unreachable, f"The registry did not say whether {name} exists.")
    return judge(visit, visit.target, policy, evidence)


def _refusal_reason(visit: "Visit") -> str:
    assert visit.answer.refusal
    reason = visit.answer.refusal.reason
    return f"It redirects to where medlint does not go. {reason}" if visit.chain else reason


def _failed(visit: "Visit", policy: LinkPolicy, evidence: Evidence) -> Verdict:
    failure, target = visit.answer.failure, visit.target
    host = plain(target.origin, 80)
    match failure:
        case Failure.no_such_name if evidence.names_resolve:
            return Verdict(Outcome.broken, f"There is no host named {host}.")
        case Failure.no_such_name | Failure.lookup_failed:
            return Verdict(Outcome.unreachable, f"The name {host} could not be looked up.")
        case Failure.refused if evidence.hosts_answer or policy.allows(target.host, target.port):
            return Verdict(Outcome.broken, f"The host {host} refuses connections; it was tried twice.")
        case Failure.refused | Failure.no_route | Failure.no_connection:
            return Verdict(Outcome.unreachable, f"There was no connection to {host}.")
        case Failure.timeout:
            return Verdict(Outcome.unreachable, f"The host {host} took longer than {policy.timeout_link:g} seconds.")
        case Failure.tls:
            detail = f" ({visit.answer.detail})" if visit.answer.detail else ""
            return Verdict(Outcome.unreachable, f"There was no secure connection to {host}{detail}.")
        case Failure.redirects:
            return Verdict(
                Outcome.unreachable, "The redirects lead in a circle, or never end; some sites do that to programs."
            )
        case _:
            return Verdict(Outcome.unreachable, f"The host {host} gave an answer that cannot be read.")


def _arrived(visit: "Visit", asked: Target) -> Verdict:
    """The server says that all is well; is it?"""
    page, target, status = visit.answer.page, visit.target, visit.answer.status
    assert status
    if page and page.is_bot_check:
        return Verdict(Outcome.blocked, _ask_a_person("wants to see a person first", status))
    if page and (words := page.not_found_words):
        return Verdict(Outcome.soft_404, f'The site answers {status}, but the page says "{plain(words, 80)}".')
    if visit.chain and _is_front_page(target) and _is_deep(asked, target):
        return Verdict(Outcome.soft_404, "The link leads to the site's front page, not to the page it names.")
    if visit.chain and _is_sign_in(target) and not _is_sign_in(asked):
        return Verdict(Outcome.blocked, _ask_a_person("asks to sign in", status))
    if page and (missing := _missing_part(page, asked.fragment)):
        return Verdict(Outcome.soft_404, f'The page is there, but it has no part called "{plain(missing, 60)}".')
    if visit.permanent and not (asked.scheme == "https" and target.scheme == "http"):
        return Verdict(Outcome.moved, "The page has moved for good.")
    return Verdict(Outcome.ok, f"The site answers {_phrase(status)}.")


def _phrase(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return str(status)


def _ask_a_person(what: str, status: int) -> str:
    return f"The site {what} (it answers {status}): please open the link by hand."


# --- where a redirect lands -----------------------------------------------------------------------------------------

_LANGUAGE = "(?:ar|bg|cs|cy|da|de|el|en|es|et|eu|fa|fi|fr|ga|he|hi|hr|hu|it|ja|ko|lt|lv|nl|no|pl|pt|ro|ru|sk|sl|sv|th|tr|uk|vi|zh)"
_INDEX = re.compile(
    rf"/(?:(?:{_LANGUAGE}(?:[-_][a-z]{{2}})?|home|index|default|start|welcome)(?:\.[a-z]{{3,5}})?/?)?", re.IGNORECASE
)
_SIGN_IN = re.compile(
    r"/(?:log-?in|sign-?in|sso|auth|oauth2?|authenticate|account/login|accounts/login|wp-login)(?:[/.?]|$)",
    re.IGNORECASE,
)


def _is_front_page(target: Target) -> bool:
    return "?" not in target.url and bool(_INDEX.fullmatch(target.path))


def _is_deep(asked: Target, target: Target) -> bool:
    """Did the link name a page? On another site one part is not enough: that is how short links look."""
    if _INDEX.fullmatch(asked.path):
        return False
    return _site(asked) == _site(target) or asked.path.strip("/").count("/") >= 1


def _site(target: Target) -> str:
    return ".".join(target.host.split(".")[-2:])


def _is_sign_in(target: Target) -> bool:
    return bool(_SIGN_IN.search(target.path))


# --- fragments -------------------------------------------------------------------------------------------------------


def _missing_part(page: Page, fragment: str) -> str | None:
    """The part that ``fragment`` names, if the page surely lacks it.

    Text directives, scripts' own notations (``#!x``, ``#/x``, ``#a=b``) and pages without any id prove nothing.
    """
    name = unquote(fragment.partition(":~:")[0], errors="replace")
    if not page.anchors or not name or name.lower() == "top" or re.search(r"[!/=]", name):
        return None
    # GitHub's pages put this in front of what their links say.
    known = name in page.anchors or fragment in page.anchors or f"user-content-{name}" in page.anchors
    return None if known else name
