"""The description of what is served (OpenAPI 3.1), made from ROUTES: it cannot fall behind."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from core.api.route import PREFIX
from core.api.schemas import LARGEST_ID, Problem
from core.api.streams import LINES
from core.tokens import SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaMode

    from core.api.route import Route

VERSION = "1.0.0"
_ALWAYS = (400, 401, 403, 404, 422, 429, 500, 503)
_WITH_BODY = (413, 415)
_WITH_PRECONDITION = (412, 428)
_ABOUT = """\
What the bot can do, for the bank's own systems. Each request acts as the staff member that its
token was made for: it sees and changes what they may.

- **Errors** are problem documents (RFC 9457), in the language of `Accept-Language`.
- **Lists** are paged: hand `next` back as `cursor` until it is null.
- **Changes** of what is there name the version they mean, by `If-Match` and the `ETag` read.
- **Repeats:** a change with the same `Idempotency-Key` gets the first answer for 24 hours.
- **Pace:** `RateLimit` tells what is left; after a 429, wait for `Retry-After` seconds.
"""


def description_of(routes: Iterable[Route]) -> dict[str, Any]:
    """The whole document."""
    routes = list(routes)
    refs, schemas = _schemas(routes)
    named = {route.name: route for route in routes}
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = _operation(
            route, refs, named
        )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Roundsman", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {
                "Problem": {
                    "description": "What went wrong.",
                    "content": {
                        "application/problem+json": {
                            "schema": {"$ref": "#/components/schemas/Problem"}
                        }
                    },
                }
            },
        },
    }


Refs = dict[Any, dict[str, Any]]


def _schemas(routes: list[Route]) -> tuple[Refs, dict[str, Any]]:
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {(Problem, "serialization"): None}
    for route in routes:
        wanted[route.answer, "serialization"] = None
        if route.body is not None:
            wanted[route.body, "validation"] = None
    refs, document = models_json_schema(list(wanted), ref_template="#/components/schemas/{model}")
    return refs, document["$defs"]


def _operation(route: Route, refs: Refs, named: dict[str, Route]) -> dict[str, Any]:
    doc = inspect.getdoc(route.does or route.streams) or ""
    needs = (
        f"Needs the scope `{route.scope}`: {SCOPES[route.scope].lower()}." if route.scope else ""
    )
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "description": "\n\n".join(part for part in (doc, needs) if part),
        "tags": [route.path.split("/")[1]],
        "parameters": [*map(_in_path, route.parameters), *_in_query(route), *_in_header(route)],
        "responses": _responses(route, refs, named),
    }
    if route.body is not None:
        schema: dict[str, Any] = refs[route.body, "validation"]
        operation["requestBody"] = {
            "required": True,
            "content": {LINES: {"schema": _LINES_OF | {"x-item": schema}}}
            if route.streams
            else {"application/json": {"schema": schema}},
        }
    if route.file:
        binary = {"schema": {"type": "string", "format": "binary"}}
        operation["requestBody"] = {"required": True, "content": {route.accepts[0]: binary}}
    return operation


#: this version of the description has no word for lines, each of which follows a schema
_LINES_OF = {"type": "string", "description": "Lines of JSON, each as `x-item` says."}


def _responses(route: Route, refs: Refs, named: dict[str, Route]) -> dict[str, Any]:
    answer = refs[route.answer, "serialization"]
    headers: dict[str, Any] = {}
    if not route.streams:
        headers["ETag"] = {"schema": {"type": "string"}, "required": True}
    if route.location:
        headers["Location"] = {"schema": {"type": "string"}, "required": True}
    success: dict[str, Any] = {
        "description": "Done." if route.kind == "change" else "What was asked for.",
        "headers": headers,
        "content": _content(route, answer),
    }
    if route.links:
        success["links"] = {name: _link(named[name], given) for name, given in route.links.items()}
    problems = [*_ALWAYS]
    if route.body is not None or route.file:
        problems += _WITH_BODY
    if route.kind == "change":
        problems.append(409)
    if route.unchanged is not None:
        problems += _WITH_PRECONDITION
    found: dict[str, Any] = {str(route.status): success}
    if route.method == "GET" and not route.streams:
        found["304"] = {"description": "As it was: the ETag in If-None-Match still names it."}
    return found | {
        str(status): {"$ref": "#/components/responses/Problem"} for status in sorted(problems)
    }


def _content(route: Route, answer: dict[str, Any]) -> dict[str, Any]:
    if route.gives:
        return {kind: {"schema": {"type": "string", "format": "binary"}} for kind in route.gives}
    if route.streams and not route.file:
        return {LINES: {"schema": _LINES_OF | {"x-item": answer}}}
    return {"application/json": {"schema": answer}}


def _link(target: Route, given: Mapping[str, str]) -> dict[str, Any]:
    """What can be done next, and what of the answer it needs: a change, the version besides."""
    parameters = {f"path.{name}": f"$response.body#{where}" for name, where in given.items()}
    if target.unchanged is not None:
        parameters["header.If-Match"] = "$response.header.ETag"
    return {"operationId": target.name, "parameters": parameters}


def _in_path(name: str) -> dict[str, Any]:
    number = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
    text = {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,20}$"}
    schema = number if name.endswith("_id") else text
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(route: Route) -> list[dict[str, Any]]:
    schema = route.query.model_json_schema()
    required = schema.get("required", [])
    return [_query_parameter(name, one, required) for name, one in _properties(schema)]


def _properties(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(schema.get("properties", {}).items())


def _query_parameter(name: str, schema: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """A parameter; that it may be left out is not said by null, which no address can hold."""
    description = schema.pop("description", None)
    schema.pop("title", None)
    if schema.get("default", ...) is None:
        del schema["default"]
    given = [one for one in schema.pop("anyOf", []) if one.get("type") != "null"]
    for one in given:
        schema.update(one)
    parameter = {"name": name, "in": "query", "required": name in required, "schema": schema}
    return parameter | ({"description": description} if description else {})


def _in_header(route: Route) -> list[dict[str, Any]]:
    headers: list[tuple[str, str | None, str]] = []
    if route.kind == "change" and not route.file:
        about = "Names the request; a repeat is told what the first was told."
        headers.append(("Idempotency-Key", "^[!-~]{1,80}$", about))
    if route.unchanged is not None:
        about = "The ETag of the version that is meant to change; without it, 428."
        headers.append(("If-Match", None, about))
    if route.method == "GET" and not route.streams:
        headers.append(("If-None-Match", None, "The ETag of what is known already."))
    return [
        {
            "name": name,
            "in": "header",
            "required": False,
            "description": about,
            "schema": {"type": "string"} | ({"pattern": pattern} if pattern else {}),
        }
        for name, pattern, about in headers
    ]
