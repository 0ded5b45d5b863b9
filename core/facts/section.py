"""What a category of facts is, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tortoise.models import Model

    from core.facts.kinds import Kind


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a category."""

    #: the column
    name: str
    #: what people call it, a message id
    label: str
    kind: Kind
    #: further names that a file's column may have beside the name and the two labels
    heads: tuple[str, ...] = ()
    needed: bool = False
    #: worth a question of its own when a row is written down, though it may stay unknown
    asked: bool = False
    #: its class in core/sensitive.py; empty where everybody with the profile may read it
    sensitive: str = ""
    #: the column that points to the customer which this name means, where it is one of ours
    link: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One category: a table, its fields, and which rows are the same."""

    name: str
    icon: str
    #: what people call it, a message id
    title: str
    model: type[Model]
    fields: tuple[Field, ...]
    #: the fields that make a row known again: within the customer, or in the whole bank
    key: tuple[str, ...]
    bank_wide_key: bool = False
    #: what of a row stands in one line of a list
    summary: tuple[str, ...] = ()
    #: how its rows are read, as for the ORM: the first is the one to look at first
    order: tuple[str, ...] = ("id",)
    #: people may add and change rows; others come by loads only
    by_hand: bool = True
    #: rows are closed by `ended_at` and carry source and day
    is_fact: bool = True
    #: what a button calls it, a message id; empty where the title is short enough
    short: str = ""
    #: which message id asks for it when it is missing; empty where it is not asked for
    asks: str = ""
    _by_name: dict[str, Field] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {one.name: one for one in self.fields})

    @property
    def label(self) -> str:
        """What a button calls it: a third of a small phone's width is ten letters."""
        return self.short or self.title

    def __getitem__(self, name: str) -> Field:
        """The field of that name."""
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is a field of that name."""
        return name in self._by_name
