"""Problem documents (RFC 9457): every answer that is no success.

What the rules refuse keeps its code and its sentence. What the API turns away is `Rejected`.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import web
from tortoise.exceptions import DBConnectionError

from core.api.schemas import Problem, ProblemError
from core.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from core.i18n import N_, Text, texts
from storage.unavailable import unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import ValidationError

log = structlog.get_logger(__name__)
PROBLEM_TYPE = "application/problem+json"
#: which versions of what are at work here is nobody's business
SERVER = "roundsman"
#: of a body's faults, as many as help
LISTED = 50
_STATUSES: tuple[tuple[type[Refused], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
)
_PLAIN = (str, int, float, bool, type(None))


#: what the API itself turns away: the status and the sentence of each kind
CODES: dict[str, tuple[int, str]] = {
    "malformed": (400, N_("That request can't be read.")),
    "unauthorized": (401, N_("A valid token is needed.")),
    "insufficient_scope": (403, N_("This token was not made for that; it lacks {scope}.")),
    "not_found": (404, NotFound.msgid),
    "method_not_allowed": (405, N_("That can't be done here.")),
    "precondition_failed": (412, Conflict.msgid),
    "too_large": (413, N_("That is too much at once: {most} bytes at most.")),
    "too_many_lines": (413, N_("{most} lines at most.")),
    "unsupported_media_type": (415, N_("The body must be {wanted}.")),
    "invalid": (422, Invalid.msgid),
    "unknown_cursor": (422, N_("That cursor is not from here.")),
    "idempotency_key_invalid": (
        422, N_("An Idempotency-Key has 1 to 80 visible ASCII characters."),
    ),
    "idempotency_key_reused": (422, N_("That Idempotency-Key was used for another request.")),
    "precondition_required": (428, N_("Say by If-Match which version you mean to change.")),
    "too_many_requests": (429, N_("Too many requests. Please wait {seconds} seconds.")),
    "internal": (500, N_("Something went wrong here. It was written down.")),
    "unavailable": (503, N_("The database does not answer. Please try again.")),
}  # fmt: skip


class Rejected(Exception):  # noqa: N818 - turned away at the door; it is no error of ours
    """A request that does not get as far as the rules."""

    def __init__(
        self,
        code: str,
        msgid: str | None = None,
        /,
        *,
        errors: Sequence[ProblemError] = (),
        headers: Mapping[str, str] | None = None,
        **fields: Any,
    ) -> None:
        super().__init__(code)
        self.code, self.errors = code, list(errors)
        self.status, usual = CODES[code]
        self.text = Text(msgid or usual, fields)
        self.headers = dict(headers or {})


def of(error: Exception) -> Refused | Rejected:
    """The problem that an exception is told as; an error of ours is logged, and nothing told."""
    if isinstance(error, (Refused, Rejected)):
        return error
    # Outside of a transaction the ORM tells a server's absence in its own words.
    if unavailable(error) or isinstance(error, (OSError, DBConnectionError)):
        log.warning("request_not_done", reason=type(error).__name__)
        return absent()
    log.error("request_failed", error=type(error).__name__, exc_info=error)
    return Rejected("internal")


def status_of(refused: type[Refused]) -> int:
    """The status that stands for a refusal."""
    return next((status for kind, status in _STATUSES if issubclass(refused, kind)), 422)


def faulty(error: ValidationError) -> Rejected:
    """What is wrong with a body or an address; what was sent is not repeated."""
    found = json.loads(error.json(include_url=False, include_context=False, include_input=False))
    if any(fault["type"] == "json_invalid" for fault in found):
        return malformed()
    return Rejected(
        "invalid",
        errors=[
            ProblemError(
                field=".".join(str(part) for part in fault["loc"])[:200],
                code=fault["type"],
                message=fault["msg"],
            )
            for fault in found[:LISTED]
        ],
    )


def malformed() -> Rejected:
    """A body that is no JSON."""
    return Rejected("malformed", N_("That is not JSON."))


def absent() -> Rejected:
    """The database cannot be asked."""
    return Rejected("unavailable", headers={"Retry-After": "2"})


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Rejected:
    """The problem that stands for a bare status of the server's own."""
    named = {404: "not_found", 405: "method_not_allowed", 500: "internal"}
    return Rejected(named.get(status, "malformed"), headers=headers)


def document(
    problem: Refused | Rejected, locale: str, instance: str
) -> tuple[Problem, Mapping[str, str]]:
    """The problem as it is told, and the headers that go with it."""
    status = status_of(type(problem)) if isinstance(problem, Refused) else problem.status
    told = Problem(
        type=f"/api/docs#{problem.code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=plain(texts(locale).of(problem.text)),
        code=problem.code,
        instance=instance,
        fields={
            name: value if isinstance(value, _PLAIN) else _shown(value, locale)
            for name, value in problem.text.params.items()
        },
        errors=[] if isinstance(problem, Refused) else problem.errors,
    )
    return told, {} if isinstance(problem, Refused) else problem.headers


def _shown(value: Any, locale: str) -> str:
    return plain(texts(locale).of(value)) if isinstance(value, Text) else str(value)


def plain(markup: Any) -> str:
    """A sentence without its markup."""
    return str(markup.striptags())


def answer(problem: Refused | Rejected, locale: str, instance: str) -> web.Response:
    """The problem as an HTTP answer."""
    told, headers = document(problem, locale, instance)
    return web.Response(
        status=told.status,
        text=told.model_dump_json(),
        content_type=PROBLEM_TYPE,
        headers={
            **headers,
            "Content-Language": locale,
            "Cache-Control": "no-store",
            "Server": SERVER,
        },
    )
