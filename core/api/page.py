"""The description as a page for people: one file, no script, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from core.api.problems import CODES, status_of
from core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code { font: 0.9em ui-monospace, monospace; }
details { border-top: 1px solid #8884; padding: 0.5rem 0; }
summary { cursor: pointer; }
summary b { display: inline-block; width: 4.5rem; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; }
"""


def page_of(description: dict[str, Any]) -> str:
    """The whole page."""
    info = description["info"]
    body = [
        Markup("<h1>{} {}</h1>").format(info["title"], info["version"]),
        *_paragraphs(info["description"]),
        Markup('<p>For programs: <a href="/api/openapi.json">openapi.json</a></p>'),
        Markup("<h2>Operations</h2>"),
        *_operations(description),
        Markup("<h2>Problems</h2>"),
        _problems(),
        Markup("<h2>Schemas</h2>"),
        *_schemas(description),
    ]
    return str(
        Markup(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport"'
            ' content="width=device-width"><title>{}</title><style>{}</style></head>'
            "<body>{}</body></html>"
        ).format(info["title"], Markup(_STYLE), Markup("").join(body))  # noqa: S704 - our own style
    )


def _paragraphs(text: str) -> Iterator[Markup]:
    for part in text.strip().split("\n\n"):
        lines = part.split("\n- ")
        if lines[0].startswith("- "):
            lines[0] = lines[0][2:]
            yield Markup("<ul>{}</ul>").format(
                Markup("").join(Markup("<li>{}</li>").format(_inline(line)) for line in lines)
            )
        else:
            yield Markup("<p>{}</p>").format(_inline(part))


def _inline(text: str) -> Markup:
    """Code and strong words, as our own descriptions write them."""
    escaped = str(Markup.escape(text))
    escaped = re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped)
    return Markup(re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", escaped))  # noqa: S704 - escaped above


def _operations(description: dict[str, Any]) -> Iterator[Markup]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield Markup(
                '<details id="{}"><summary><b>{}</b> <code>{}</code> — {}</summary>{}{}{}'
                "<p>Answers: {}</p></details>"
            ).format(
                operation["operationId"],
                method.upper(),
                path,
                operation["summary"],
                Markup("").join(_paragraphs(operation["description"])),
                _parameters(operation["parameters"]),
                _body(operation.get("requestBody")),
                ", ".join(operation["responses"]),
            )


def _parameters(parameters: list[dict[str, Any]]) -> Markup:
    rows = [
        Markup("<tr><td><code>{}</code></td><td>{}{}</td><td>{}</td><td>{}</td></tr>").format(
            one["name"],
            one["in"],
            ", required" if one["required"] else "",
            _kind(one["schema"]),
            one.get("description", ""),
        )
        for one in parameters
    ]
    return Markup("<table>{}</table>").format(Markup("").join(rows)) if rows else Markup("")


def _body(body: dict[str, Any] | None) -> Markup:
    if body is None:
        return Markup("")
    ((media, content),) = body["content"].items()
    return Markup("<p>Body, {}: {}</p>").format(
        media, _kind(content["schema"].get("x-item", content["schema"]))
    )


def _problems() -> Markup:
    """Every kind of problem: where a problem document's `type` points to."""
    refused = {code: (status_of(kind), kind.msgid) for code, kind in Refused.kinds.items()}
    rows = [
        Markup('<tr id="{}"><td>{}</td><td><code>{}</code></td><td>{}</td></tr>').format(
            code, status, code, msgid
        )
        for code, (status, msgid) in sorted((refused | CODES).items())
    ]  # fmt: skip
    return Markup("<table>{}</table>").format(Markup("").join(rows))


def _schemas(description: dict[str, Any]) -> Iterator[Markup]:
    for name, schema in description["components"]["schemas"].items():
        required = schema.get("required", [])
        rows = [
            Markup("<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
                field,
                _kind(one),
                "required" if field in required else "",
                one.get("description", ""),
            )
            for field, one in schema.get("properties", {}).items()
        ]
        yield Markup(
            '<details id="{}"><summary><code>{}</code> {}</summary><table>{}</table></details>'
        ).format(name, name, schema.get("description", ""), Markup("").join(rows))


def _kind(schema: dict[str, Any]) -> Markup:
    """A schema in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a href="#{}">{}</a>').format(name, name)
    if "anyOf" in schema:
        return Markup(" or ").join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return Markup(", ").join(Markup("<code>{}</code>").format(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return Markup("list of {}").format(_kind(schema["items"]))
    words = [str(schema.get("format") or schema.get("const") or schema.get("type", "anything"))]
    for bound, word in (("minimum", "from"), ("maximum", "to"), ("maxLength", "up to")):
        if bound in schema:
            words.append(f"{word} {schema[bound]}")
    return Markup.escape(" ".join(words))
