"""Many changes in one request, a line each: each in a transaction of its own, each answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from core.api import problems
from core.api.problems import Rejected
from core.api.schemas import Problem, Told
from core.api.session import Asking, hash_of
from core.api.streams import Lines
from core.i18n import DEFAULT_LOCALE

if TYPE_CHECKING:
    from aiohttp import web

    from core.api.route import Route
    from core.api.session import Session

MOST_LINES = 10_000


class LineAnswer(Told):
    """What became of one line."""

    line: int = Field(description="Its number, from 1; empty lines count.")
    status: int
    location: str | None = Field(description="Where what was made is found.")
    problem: Problem | None


async def bulk(
    session: Session, request: web.Request, asking: Asking, route: Route
) -> web.StreamResponse:
    """Do for every line what a route does for one body.

    With an Idempotency-Key every line has one of its own, the key and its number. So what broke
    off in the middle can be sent again as it was.

    Raises:
        Rejected: if there are too many lines.
    """
    given = [
        (number, line)
        for number, line in enumerate((await request.read()).split(b"\n"), 1)
        if line.strip()
    ]
    if len(given) > MOST_LINES:
        raise Rejected("too_many_lines", most=MOST_LINES)
    async with Lines(request) as lines:
        for number, line in given:
            await lines.write(await _one(session, asking, route, number, line))
    return lines.response


async def _one(
    session: Session, asking: Asking, route: Route, number: int, line: bytes
) -> LineAnswer:
    assert route.body is not None
    key = asking.idempotency_key
    try:
        try:
            body = route.body.model_validate_json(line)
        except ValidationError as error:
            raise problems.faulty(error) from error
        answered = await session.change(
            route,
            Asking(
                path={},
                query=route.query(),
                body=body,
                idempotency_key=f"{key}#{number}" if key else None,
                request_hash=hash_of(route.path, str(number), line),
            ),
        )
    except Exception as error:  # noqa: BLE001 - the outermost layer of one line
        problem, _ = problems.document(
            problems.of(error), session.locale or DEFAULT_LOCALE, f"{session.instance}#{number}"
        )
        return LineAnswer(line=number, status=problem.status, location=None, problem=problem)
    return LineAnswer(
        line=number, status=answered.status, location=answered.location, problem=None
    )
