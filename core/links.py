"""Deep links into the chat: the platform's address is filled in at start."""

from __future__ import annotations

_template = "{}"


def configure(template: str) -> None:
    """Set the address that opens the chat with a payload, with `{}` for the payload."""
    globals()["_template"] = template


def link(payload: str) -> str:
    """The address that opens the chat with this payload."""
    return _template.format(payload)
