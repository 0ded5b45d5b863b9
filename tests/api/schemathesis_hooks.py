"""What schemathesis has to be told: how lines are sent, and what this bank's firms and days are.

Of the moments that fit the description hardly one is a day on which the clock of the test lets
something happen, of the numbers hardly one is a firm's, and no text is an ETag. A request that is
meant to be good gets good ones, so that the answers behind the checks are seen as well.
"""

from __future__ import annotations

import re
from typing import Any

import schemathesis
from schemathesis import Case, GenerationMode, HookContext, SerializationContext

FIRMS = 7
#: no row of this bank has such a number, so nobody has read it anywhere
MANY = 1000
#: who is given customers, let in, and gives away: people of this bank
COLLEAGUES = {"to_staff_id": 2, "staff_id": 4, "from_staff_id": 1, "to_staff_ids": [],
              "absent_id": 1, "substitute_id": 2, "unit_id": 4}  # fmt: skip
ETAG = re.compile(r'"[0-9a-f]{32}"')
DAYS = {
    "occurred_at": "2026-11-23T09:00:00+08:00",
    "due_at": "2026-12-01T15:00:00+08:00",
    "from_at": "2026-12-01T00:00:00+08:00",
    "until_at": "2026-12-08T00:00:00+08:00",
}


@schemathesis.serializer("application/x-ndjson")
def lines(_: SerializationContext, value: Any) -> bytes:
    """Lines as they are; the description has them as one text."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.hook
def before_call(_: HookContext, case: Case, __: dict[str, Any]) -> None:
    """Give a request that is meant to be good this bank's firms and days."""
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    for name, number in (case.path_parameters or {}).items():
        if name.endswith("_id") and isinstance(number, int) and number > MANY:
            case.path_parameters[name] = 1 + number % FIRMS
    if "section" in (case.path_parameters or {}):
        case.path_parameters["section"] = "contacts"
    if "If-Match" in (case.headers or {}) and not ETAG.fullmatch(str(case.headers["If-Match"])):
        case.headers["If-Match"] = "*"
    if isinstance(case.body, dict):
        for given in (case.body, case.body.get("next_step")):
            if isinstance(given, dict):
                _mend(given)


def _mend(given: dict[str, Any]) -> None:
    if "values" in given:
        given["values"] = {"name": "王五", "title": "厂长"}
        given |= {"section": "contacts"} if "section" in given else {}
    if "customer_id" in given:
        given["customer_id"] = 1 + given["customer_id"] % FIRMS
    for name, colleague in COLLEAGUES.items():
        if name in given:
            given[name] = colleague
    for name, day in DAYS.items():
        if given.get(name) is not None:
            given[name] = day
