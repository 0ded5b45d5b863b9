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
#: of a body's faults, as many as help
LISTED = 50
_STATUSES: tuple[tuple[type[Refused], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
)
_PLAIN = (str, int, float, bool, type(None))


class Rejected(Exception):  # noqa: N818 - turned away at the door; it is no error of ours
    """A request that does not get as far as the rules."""

    def __init__(
        self,
        status: int,
        code: str,
        msgid: str,
        *,
        errors: Sequence[ProblemError] = (),
        headers: Mapping[str, str] | None = None,
        **fields: Any,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.errors = status, code, list(errors)
        self.text = Text(msgid, fields)
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
    return internal()


def status_of(refused: Refused) -> int:
    """The status that stands for a refusal."""
    return next((status for kind, status in _STATUSES if isinstance(refused, kind)), 422)


def faulty(error: ValidationError) -> Rejected:
    """What is wrong with a body or an address; what was sent is not repeated."""
    found = json.loads(error.json(include_url=False, include_context=False, include_input=False))
    if any(fault["type"] == "json_invalid" for fault in found):
        return malformed()
    return Rejected(
        422,
        "invalid",
        N_("That doesn't look right. Please check and try again."),
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
    return Rejected(400, "malformed", N_("That is not JSON."))


def absent() -> Rejected:
    """The database cannot be asked."""
    return Rejected(
        503,
        "unavailable",
        N_("The database does not answer. Please try again."),
        headers={"Retry-After": "2"},
    )


def too_large(most: int) -> Rejected:
    """A body that nobody will read."""
    return Rejected(
        413, "too_large", N_("That is too much at once: {most} bytes at most."), most=most
    )


#: what the server's own answers are called, by status
_OF_STATUS = {
    400: ("malformed", N_("That request can't be read.")),
    404: ("not_found", NotFound.msgid),
    405: ("method_not_allowed", N_("That can't be done here.")),
}


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Rejected:
    """The problem that stands for a bare status of the server."""
    code, msgid = _OF_STATUS.get(status, ("malformed", _OF_STATUS[400][1]))
    return Rejected(status, code, msgid, headers=headers)


def internal() -> Rejected:
    """An error of ours; nothing of it is told."""
    return Rejected(500, "internal", N_("Something went wrong here. It was written down."))


def document(
    problem: Refused | Rejected, locale: str, instance: str
) -> tuple[Problem, Mapping[str, str]]:
    """The problem as it is told, and the headers that go with it."""
    if isinstance(problem, Refused):
        problem = Rejected(status_of(problem), problem.code, problem.text.msgid, **problem.fields)
    words = texts(locale)
    told = Problem(
        type=f"/api/docs#{problem.code}",
        title=HTTPStatus(problem.status).phrase,
        status=problem.status,
        detail=plain(words.of(problem.text)),
        code=problem.code,
        instance=instance,
        fields={
            name: value if isinstance(value, _PLAIN) else _shown(value, locale)
            for name, value in problem.text.params.items()
        },
        errors=problem.errors,
    )
    return told, problem.headers


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
        headers={**headers, "Content-Language": locale, "Cache-Control": "no-store"},
    )
