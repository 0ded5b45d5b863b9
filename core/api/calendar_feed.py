"""`/calendar/….ics`: a person's own follow-ups for a calendar program, by a secret address.

No token is needed, because calendar programs can send none; the address itself is the secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from core.calendars import feed
from core.errors import NotFound

if TYPE_CHECKING:
    from core.clock import Clock

MEDIA_TYPE = "text/calendar"


def calendar_routes(clock: Clock) -> list[web.RouteDef]:
    """The route, for whatever serves it."""

    async def calendar(request: web.Request) -> web.Response:
        try:
            content = await feed(request.match_info["secret"], clock.now())
        except NotFound:
            raise web.HTTPNotFound from None
        return web.Response(
            body=content, content_type=MEDIA_TYPE, charset="utf-8",
            headers={"Cache-Control": "private, max-age=300"},
        )  # fmt: skip

    return [web.get("/calendar/{secret:[A-Za-z0-9_-]{20,80}}.ics", calendar, allow_head=False)]
