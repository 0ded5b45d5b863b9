"""Rows of a staff file, understood: what each cell means, or what is wrong with it.

Nothing here looks at the database; `core/staff_import.py` does.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from core.i18n import LOCALES, N_, Text, texts
from core.units import steps_of
from core.vocabulary import LANGUAGES, ROLES, UNIT_KINDS
from storage.importer.tables import REASON

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storage.importer.tables import Table, TableRow

#: field → the heads of its column, in both languages
HEADS = {
    "number": ("number", "staff number", "staff no", "employee id", "工号", "员工号", "员工编号"),
    "name": ("name", "name_zh", "chinese name", "姓名", "中文名", "中文姓名"),
    "name_en": ("name_en", "english name", "英文名", "英文姓名"),
    "role": ("role", "角色", "岗位", "职务"),
    "unit": ("unit", "机构", "所属机构", "机构路径", "部门", "单位"),
    "unit_en": ("unit_en", "english unit", "机构英文名", "英文机构"),
    "unit_kind": ("unit_kind", "机构类型", "机构级别"),
    "phone": ("phone", "mobile", "手机", "手机号", "手机号码", "电话"),
    "language": ("language", "语言"),
    "active": ("active", "在职", "是否在职", "状态"),
    "leaving": ("leaving", "leaving date", "离职日期", "离职日", "离职时间"),
    REASON: (REASON, "原因"),
}
NAME_LENGTH, NAME_EN_LENGTH, UNIT_LENGTH, MOST_LEVELS = 60, 80, 80, 4

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}")
_PHONE = re.compile(r"\d{8,15}")
_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YES = frozenset(("yes", "y", "true", "1", "active", "是", "在职", "在岗", "启用"))
_NO = frozenset(("no", "n", "false", "0", "inactive", "left", "否", "离职", "离岗", "停用"))


class BadCellError(ValueError):
    """A cell can't be right; the text says what would be."""

    def __init__(self, field: str, text: Text) -> None:
        self.field, self.text = field, text
        super().__init__(text.msgid)


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row is not loaded: where in the file, and the reason."""

    line: int
    #: the column's head as the file has it
    column: str
    value: str
    reason: Text


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person of the file; None is what the row does not say."""

    line: int
    number: str
    name: str | None = None
    name_en: str | None = None
    role: str | None = None
    unit: tuple[str, ...] | None = None
    unit_en: tuple[str, ...] | None = None
    unit_kind: str | None = None
    phone: str | None = None
    language: str | None = None
    active: bool | None = None


class UnknownColumnsError(ValueError):
    """The heads are not those of a staff file; the text says what is missing."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.msgid)


def columns_of(table: Table) -> dict[str, int]:
    """Field → which column it is.

    Raises:
        UnknownColumnsError: if the staff number's is missing, or one is there twice.
    """
    found: dict[str, int] = {}
    for at, head in enumerate(table.columns):
        field = _fields().get(_plain(head))
        if field in found:
            raise UnknownColumnsError(
                Text(N_("The column {name} is there twice."), {"name": head})
            )
        if field is not None:
            found[field] = at
    if "number" not in found:
        raise UnknownColumnsError(Text(N_("There is no column “number” (工号).")))
    return found


def ignored_columns(table: Table) -> tuple[str, ...]:
    """The heads that mean nothing to us."""
    return tuple(head for head in table.columns if _plain(head) not in _fields())


def read_rows(table: Table, today: date) -> tuple[list[StaffRow], list[RowError]]:
    """The rows that can be right, and everything that is wrong with the others.

    Raises:
        UnknownColumnsError: if the heads are not those of a staff file.
    """
    columns = columns_of(table)
    times = Counter(row.cells[columns["number"]] for row in table.rows)
    rows, errors = [], []
    for row in table.rows:
        wrong: list[BadCellError] = []
        cells = {field: row.cells[at] for field, at in columns.items() if row.cells[at]}
        read = _read(row, cells, today, wrong)
        if "number" in cells and times[cells["number"]] > 1:
            wrong.append(BadCellError("number", Text(N_("This number is in the file twice."))))
        if wrong or read is None:
            errors += [error_of(table, row.line, bad) for bad in wrong]
        else:
            rows.append(read)
    return rows, errors


def error_of(table: Table, line: int, bad: BadCellError) -> RowError:
    """A bad cell as the file has it."""
    at = columns_of(table).get(bad.field)
    row = table.rows[bisect_left(table.rows, line, key=lambda row: row.line)]
    if at is None:  # the column is missing altogether
        return RowError(line, bad.field, "", bad.text)
    return RowError(line, table.columns[at], row.cells[at], bad.text)


def _read(
    row: TableRow, cells: Mapping[str, str], today: date, wrong: list[BadCellError]
) -> StaffRow | None:
    def cell(field: str, reader: Callable[[str], object]) -> object:
        if field not in cells:
            return None
        try:
            return reader(cells[field])
        except BadCellError as bad:
            wrong.append(BadCellError(field, bad.text))
            return None

    if "number" not in cells:
        wrong.append(BadCellError("number", Text(N_("The staff number is missing."))))
        return None
    values = {field: cell(field, reader) for field, reader in _READERS.items()}
    leaving = cell("leaving", _date)
    if isinstance(leaving, date):
        values["active"] = leaving > today and values["active"] is not False
    unit, unit_en = values["unit"], values["unit_en"]
    if unit_en is not None and (unit is None or len(unit_en) != len(unit)):  # type: ignore[arg-type]  # tuples, by their readers
        wrong.append(BadCellError("unit_en", Text(N_("As many names as in “unit”, please."))))
    return StaffRow(row.line, **values)  # type: ignore[arg-type]  # each reader gives its field's type


def _number(cell: str) -> str:
    if not _NUMBER.fullmatch(cell):
        raise BadCellError("", Text(N_("A staff number has up to 20 letters and digits.")))
    return cell


def _name(most: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        flat = " ".join(cell.split())
        if len(flat) > most:
            raise BadCellError("", Text(N_("At most {most} characters, please."), {"most": most}))
        if any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"} for sign in flat):
            raise BadCellError("", Text(N_("There is a character in it that can't be shown.")))
        return flat

    return read


def _phone(cell: str) -> str:
    """Digits with the country code; without one, those of a Chinese mobile get China's."""
    given = re.sub(r"[\s()\-.·]", "", unicodedata.normalize("NFKC", cell))
    digits = given.removeprefix("+").removeprefix("00")
    if not (digits.isascii() and _PHONE.fullmatch(digits)):
        raise BadCellError("", Text(N_("A phone number has 8 to 15 digits.")))
    return f"86{digits}" if _CHINESE_MOBILE.fullmatch(given) else digits


def _path(cell: str) -> tuple[str, ...]:
    names = tuple(_name(UNIT_LENGTH)(part) for part in steps_of(cell))
    if not all(names):
        raise BadCellError(
            "", Text(N_("A unit is named from the head office down: 总行/上海分行."))
        )
    if len(names) > MOST_LEVELS:
        raise BadCellError("", Text(N_("At most {most} levels, please."), {"most": MOST_LEVELS}))
    return names


def _coded(vocabulary: Mapping[str, str]) -> Callable[[str], str]:
    """Reads a code, or its label in either language."""

    def read(cell: str) -> str:
        for code, msgid in vocabulary.items():
            labels = {str(texts(locale)(msgid)) for locale in LOCALES}
            if _plain(cell) in {_plain(word) for word in (code, *labels)}:
                return code
        known = ", ".join(vocabulary)
        raise BadCellError("", Text(N_("One of these, please: {known}."), {"known": known}))

    return read


def _yes_or_no(cell: str) -> bool:
    word = cell.casefold()
    if word not in _YES | _NO:
        raise BadCellError("", Text(N_("Yes or no, please.")))
    return word in _YES


def _date(cell: str) -> date:
    found = _DATE.fullmatch(cell)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(cell)
    except ValueError:
        raise BadCellError("", Text(N_("A date reads like 2026-11-30."))) from None


_READERS: dict[str, Callable[[str], object]] = {
    "number": _number,
    "name": _name(NAME_LENGTH),
    "name_en": _name(NAME_EN_LENGTH),
    "role": _coded(ROLES),
    "unit": _path,
    "unit_en": _path,
    "unit_kind": _coded(UNIT_KINDS),
    "phone": _phone,
    "language": _coded(LANGUAGES),
    "active": _yes_or_no,
}


@cache
def _fields() -> dict[str, str]:
    return {_plain(head): field for field, heads in HEADS.items() for head in heads}


def _plain(text: str) -> str:
    """Letters and digits only, in one case and width."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in wide if sign.isalnum())
