"""What goes over the wire: the types that all bodies are made of.

Given bodies are strict and closed, so a typing error is told and not passed over.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import core_schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import GetCoreSchemaHandler

LARGEST_ID = 999_999_999_999_999
EARLIEST, LATEST = 2000, 2100


class Given(BaseModel):
    """What a client sends."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class Asked(BaseModel):
    """What a client asks for in the address: everything comes as text."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Told(BaseModel):
    """What a client is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OneOf:
    """One of the bank's codes (core/vocabulary.py)."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = list(codes)

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """A literal, in the description as well as in the check."""
        return core_schema.literal_schema(self._codes)


def _of_our_time(moment: datetime) -> datetime:
    if not EARLIEST <= moment.year < LATEST:
        raise ValueError(f"the year must lie between {EARLIEST} and {LATEST - 1}")
    return moment


def _digits(value: object) -> object:
    """Only plain digits: not +1, 1.0 or 1_000, which the checker would take as well."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError("a whole number is needed")
    return value


def decimal(value: object) -> object:
    """Only a number as JSON writes it: not 1_000, inf or nan.

    Raises:
        ValueError: if it is none.
    """
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        raise ValueError("a number is needed")
    return value


def _plain_day(value: object) -> object:
    """Only 2026-11-23: not seconds since 1970, which the checker would take as well."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?")
#: no database keeps a NUL in a text
_TEXT = r"^[^\x00]*$"
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
AskedId = Annotated[int, BeforeValidator(_digits), Field(ge=1, le=LARGEST_ID)]
#: a day in an address
AskedDay = Annotated[date, BeforeValidator(_plain_day)]
Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
Fen = Annotated[int, Field(ge=0, le=LARGEST_ID)]
StaffNumber = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=_TEXT)]
Limit = Annotated[int, BeforeValidator(_digits), Field(ge=1, le=200)]
Cursor = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,80}$")]


def text(most: int, least: int = 0) -> Any:
    """A text of a length, as metadata of an annotated type."""
    return StringConstraints(min_length=least, max_length=most, pattern=_TEXT)


class Paged(Asked):
    """Where in a list to go on, and how much of it."""

    limit: Limit = 50
    cursor: Cursor | None = Field(None, description="`next` of the page before.")


class Nothing(Asked):
    """No parameters."""


Item = TypeVar("Item", bound=BaseModel)


class Page(Told, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class StaffTold(Told):
    """A colleague, as far as a record names one."""

    number: str
    name: str


class ProblemError(Told):
    """One field that cannot be right."""

    field: str
    code: str
    message: str


class Problem(Told):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="What kind of problem, as a reference into the documentation.")
    title: str
    status: int
    detail: str = Field(description="A sentence for people, in the language that was asked for.")
    code: str = Field(description="What kind of problem, for programs.")
    instance: str = Field(description="Names this one answer, in the log too.")
    fields: dict[str, str | int | float | bool | None] = Field(
        default_factory=dict, description="The values named in the sentence."
    )
    errors: list[ProblemError] = Field(
        default_factory=list, description="The fields that cannot be right."
    )
