"""Fingerprints: by configuration, not by words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, time, timedelta, timezone
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from conversations.engine.fingerprints import fingerprint
from conversations.engine.questions import MISSING
from core.i18n import Text


class Colour(Enum):
    RED = 1
    BLUE = 2


WHICH = Text("Which?")


@dataclass(frozen=True)
class Inner:
    scope: object = None


@dataclass(frozen=True)
class Config:
    prompt: Text = WHICH
    inner: object = Inner()
    options: tuple[Any, ...] = (("a", Text("A")), ("b", Text("B")))


def test_words_do_not_matter() -> None:
    plain = Config()
    assert fingerprint(plain) == fingerprint(replace(plain, prompt=Text("Which one?")))
    reworded = (("a", Text("Alpha")), ("b", Text("Beta")))
    assert fingerprint(plain) == fingerprint(replace(plain, options=reworded))
    assert fingerprint(Inner(lambda: 1)) == fingerprint(Inner(str))


def test_everything_else_does() -> None:
    things = (
        None, True, 2, 2.5, "x", ("x",), ("x", "y"), {"x": 1}, {"y": 1}, Colour.RED, Colour.BLUE,
        date(2026, 1, 1), time(9), timedelta(days=1), ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC"),
        frozenset({"a", "b"}), frozenset({"a", "c"}), Inner(1), Inner(Inner(1)), MISSING,
    )  # fmt: skip
    prints = [fingerprint(Config(inner=Inner(thing))) for thing in things]
    assert len(set(prints)) == len(things)
    assert all(len(one) == 12 for one in prints)


def test_they_are_stable() -> None:
    assert fingerprint(Config()) == fingerprint(Config())
    assert fingerprint(Inner({"b", "a", "c"})) == fingerprint(Inner({"c", "b", "a"}))
    assert fingerprint(Inner(UTC)) == fingerprint(Inner(timezone(timedelta(hours=8))))
    assert fingerprint(Inner()) != fingerprint(Config())
    assert repr(MISSING) == "MISSING"
