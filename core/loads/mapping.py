"""Which column of a file is which field: by its heads, or as a mapping file says.

A mapping file is TOML, for a system whose files can't be changed:

    encoding = "gb18030"
    delimiter = "|"
    money = "wan"            # yuan, wan or fen

    [columns]
    balance = "日终余额"

    [constants]
    currency = "CNY"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from core.errors import Invalid
from core.i18n import N_
from core.import_rows import plain
from core.loads.kinds import AS_OF, OWNERS, heads_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.loads.kinds import LoadKind

MoneyUnit = Literal["yuan", "wan", "fen"]
_UNITS: tuple[MoneyUnit, ...] = ("yuan", "wan", "fen")


@dataclass(frozen=True, slots=True)
class FileMapping:
    """What a mapping file says; without one, everything is found by itself."""

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    money: MoneyUnit = "yuan"


def read_mapping(file: Path) -> FileMapping:
    """What a mapping file says.

    Raises:
        Invalid: if it is none, or says something that we don't know.
    """
    try:
        said = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(N_("The mapping file can't be read: {reason}"), reason=str(error)) from error
    unknown = said.keys() - {"columns", "constants", "encoding", "delimiter", "money"}
    if unknown:
        raise Invalid(N_("The mapping file says what we don't know: {names}"),
                      names=", ".join(sorted(unknown)))  # fmt: skip
    money = said.get("money", "yuan")
    if money not in _UNITS:
        raise Invalid(N_("The unit of money is one of yuan, wan, fen."))
    tables = [said.get(name, {}) for name in ("columns", "constants")]
    if not all(isinstance(table, dict) for table in tables):
        raise Invalid(N_("In a mapping file, columns and constants are tables."))
    columns, constants = ({str(k): str(v) for k, v in table.items()} for table in tables)
    return FileMapping(
        columns, constants, str(said.get("encoding", "")), str(said.get("delimiter", "")), money
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands in a file, by number; what stands nowhere is constant or absent."""

    at: Mapping[str, int]
    constants: Mapping[str, str]
    #: heads that mean nothing to us
    ignored: tuple[str, ...]


def match_columns(kind: LoadKind, heads: tuple[str, ...], mapping: FileMapping) -> Columns:
    """Which column is which field.

    Raises:
        Invalid: if a needed one is missing, one is there twice, or the mapping names what is not.
    """
    names = _names(kind)
    at: dict[str, int] = {}
    for said, head in mapping.columns.items():
        found = [n for n, one in enumerate(heads) if plain(one) == plain(head)]
        at[_field(names, said)] = found[0] if found else -1
        if not found:
            raise Invalid(N_("There is no column “{name}”."), name=head)
    constants = {_field(names, said): value for said, value in mapping.constants.items()}
    taken = set(at.values())
    for n, head in enumerate(heads):
        name = names.get(plain(head))
        if name is None or n in taken or name in mapping.columns or name in constants:
            continue
        if name in at:
            raise Invalid(N_("The column {name} is there twice."), name=head)
        at[name] = n
    _check_needed(kind, at.keys() | constants.keys())
    ignored = tuple(head for n, head in enumerate(heads) if n not in at.values())
    return Columns(at, constants, ignored)


_OWNERS: dict[str, tuple[str, ...]] = {
    "": (), "account_id": ("account",), "customer_id": ("customer", "customer_credit_code"),
}  # fmt: skip


def _names(kind: LoadKind) -> dict[str, str]:
    """Every head, plain, with the field that it means."""
    said = {plain(head): owner for owner in _OWNERS[kind.parent] for head in OWNERS[owner]}
    if kind.is_fact:
        said |= {plain(head): "as_of" for head in AS_OF}
    for one in kind.fields:
        for head in heads_of(one):
            said.setdefault(plain(head), one.name)
    # A field's own name is always the field.
    return said | {plain(one.name): one.name for one in kind.fields}


def _field(names: Mapping[str, str], said: str) -> str:
    found = names.get(plain(said))
    if found is None:
        raise Invalid(N_("There is no field {name} here."), name=said)
    return found


def _check_needed(kind: LoadKind, there: set[str]) -> None:
    missing = [one.name for one in kind.fields if one.needed and one.name not in there]
    if kind.parent == "account_id" and "account" not in there:
        missing.append("account")
    if kind.parent == "customer_id" and not there & {"customer", "customer_credit_code"}:
        missing.append("customer")
    if missing:
        raise Invalid(N_("There is no column for: {names}"), names=", ".join(missing))
