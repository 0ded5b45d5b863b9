"""Addresses that lead to us, in the chat and outside: filled in at start."""

from __future__ import annotations

_template = "{}"
_public = ""


def configure(template: str) -> None:
    """Set the address that opens the chat with a payload, with `{}` for the payload."""
    globals()["_template"] = template


def link(payload: str) -> str:
    """The address that opens the chat with this payload."""
    return _template.format(payload)


def configure_public(address: str) -> None:
    """Set the public address of the API; empty where there is none."""
    globals()["_public"] = address.rstrip("/")


def calendar_address(secret: str) -> str:
    """The private address of a calendar; empty where this installation has no public address."""
    return f"{_public}/calendar/{secret}.ics" if _public else ""
