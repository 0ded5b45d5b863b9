"""Rows of a staff file, understood: what each cell means, or what is wrong with it.

Nothing here looks at the database; `core/staff_import.py` does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.i18n import N_, Text
from core.import_rows import BadCellError, Heads, RowError, coded, day, words
from core.units import steps_of
from core.vocabulary import LANGUAGES, ROLES, UNIT_KINDS
from storage.importer.tables import REASON

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storage.importer.tables import Table, TableRow

#: field → the heads of its column, in both languages
_HEADS = {
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
HEADS = Heads(_HEADS, needed="number", missing=Text(N_("There is no column “number” (工号).")))
NAME_LENGTH, NAME_EN_LENGTH, UNIT_LENGTH, MOST_LEVELS = 60, 80, 80, 4

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}")
_PHONE = re.compile(r"\d{8,15}")
_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
_YES = frozenset(("yes", "y", "true", "1", "active", "是", "在职", "在岗", "启用"))
_NO = frozenset(("no", "n", "false", "0", "inactive", "left", "否", "离职", "离岗", "停用"))


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


def read_rows(table: Table, today: date) -> tuple[list[StaffRow], list[RowError]]:
    """The rows that can be right, and everything that is wrong with the others.

    Raises:
        UnknownColumnsError: if the heads are not those of a staff file.
    """
    columns = HEADS.columns(table)
    times = Counter(row.cells[columns["number"]] for row in table.rows)
    rows, errors = [], []
    for row in table.rows:
        wrong: list[BadCellError] = []
        cells = {field: row.cells[at] for field, at in columns.items() if row.cells[at]}
        read = _read(row, cells, today, wrong)
        if "number" in cells and times[cells["number"]] > 1:
            wrong.append(BadCellError("number", Text(N_("This number is in the file twice."))))
        if wrong or read is None:
            errors += [HEADS.error(table, row.line, bad) for bad in wrong]
        else:
            rows.append(read)
    return rows, errors


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
    leaving = cell("leaving", day)
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


def _phone(cell: str) -> str:
    """Digits with the country code; without one, those of a Chinese mobile get China's."""
    given = re.sub(r"[\s()\-.·]", "", unicodedata.normalize("NFKC", cell))
    digits = given.removeprefix("+").removeprefix("00")
    if not (digits.isascii() and _PHONE.fullmatch(digits)):
        raise BadCellError("", Text(N_("A phone number has 8 to 15 digits.")))
    return f"86{digits}" if _CHINESE_MOBILE.fullmatch(given) else digits


def _path(cell: str) -> tuple[str, ...]:
    names = tuple(words(UNIT_LENGTH)(part) for part in steps_of(cell))
    if not all(names):
        raise BadCellError(
            "", Text(N_("A unit is named from the head office down: 总行/上海分行."))
        )
    if len(names) > MOST_LEVELS:
        raise BadCellError("", Text(N_("At most {most} levels, please."), {"most": MOST_LEVELS}))
    return names


def _yes_or_no(cell: str) -> bool:
    word = cell.casefold()
    if word not in _YES | _NO:
        raise BadCellError("", Text(N_("Yes or no, please.")))
    return word in _YES


_READERS: dict[str, Callable[[str], object]] = {
    "number": _number,
    "name": words(NAME_LENGTH),
    "name_en": words(NAME_EN_LENGTH),
    "role": coded(ROLES),
    "unit": _path,
    "unit_en": _path,
    "unit_kind": coded(UNIT_KINDS),
    "phone": _phone,
    "language": coded(LANGUAGES),
    "active": _yes_or_no,
}
