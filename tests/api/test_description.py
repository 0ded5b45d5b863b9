"""The description and its page: whole, valid, and needing no network."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from core.api.openapi import description_of
from core.api.problems import CODES
from core.api.routes import ROUTES
from core.errors import Refused
from tests.support.api import Served


async def test_the_description_is_served_and_valid(api: Served) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator

    served = (await api.stranger().get("/api/openapi.json")).json
    assert served == description_of(ROUTES)
    assert served["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(served).validate()


def test_every_route_has_a_name_of_its_own_and_a_sentence() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES)
    for path, methods in description_of(ROUTES)["paths"].items():
        for operation in methods.values():
            assert operation["summary"], path
            assert operation["description"], path


async def test_the_page_shows_every_operation_and_fetches_nothing(api: Served) -> None:
    page = await api.stranger().get("/api/docs")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    HTMLParser().feed(page.text)
    for route in ROUTES:
        assert f'id="{route.name}"' in page.text
    for code in {*CODES, *Refused.kinds}:
        assert f'<tr id="{code}">' in page.text  # where the type of a problem points to
    assert not re.findall(r"<script|src=|@import|url\(", page.text)
    assert not re.findall(r'href="(?!#|/api/openapi.json")', page.text)


async def test_health_needs_no_token(api: Served) -> None:
    for path in ("/healthz", "/readyz"):
        answer = await api.stranger().get(path)
        assert (answer.status, answer.json) == (200, {"status": "ok"})


async def test_not_ready_while_migrations_are_missing(api: Served) -> None:
    from storage.db import execute

    await execute("DELETE FROM tortoise_migrations WHERE name LIKE '0005%'")
    answer = await api.stranger().get("/readyz")
    assert (answer.status, answer.json) == (503, {"status": "1 migrations behind"})
    assert (await api.stranger().get("/healthz")).status == 200
