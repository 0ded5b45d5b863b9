"""Rows of a customer file, understood: what each cell means, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import LOCALES, N_, Text, texts
from core.import_rows import BadCellError, Heads, RowError, coded, plain, words
from core.vocabulary import INDUSTRIES, SIZES, STATUSES
from storage.importer.tables import REASON

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.importer.tables import Table

HEADS = Heads(
    {
        "external_id": ("id", "external_id", "customer id", "customer no", "编号", "客户号",
                        "客户编号"),
        "name_zh": ("name", "name_zh", "customer", "company", "名称", "客户名称", "企业名称",
                    "公司名称"),
        "name_en": ("name_en", "english name", "英文名", "英文名称"),
        "short_name": ("short_name", "short name", "简称"),
        "credit_code": ("credit_code", "unified social credit code", "统一社会信用代码",
                        "信用代码"),
        "legal_representative": ("legal_representative", "legal representative", "法定代表人",
                                 "法人", "法人代表"),
        "phone": ("phone", "telephone", "电话", "联系电话"),
        "city": ("city", "城市", "所在城市"),
        "address": ("address", "地址", "注册地址"),
        "industry": ("sector", "industry", "行业", "所属行业"),
        "grade": ("grade", "级别", "客户等级", "等级"),
        "size": ("size", "规模", "企业规模"),
        "status": ("status", "状态", "客户状态"),
        "owner": ("owner", "rm", "客户经理", "管户", "客户经理工号"),
        REASON: (REASON, "原因"),
    },
    needed="name_zh",
    missing=Text(N_("There is no column “name” (名称).")),
)  # fmt: skip

_CODE = re.compile(r"[0-9A-Z]{15,18}")
_ID = re.compile(r"\S{1,40}")
#: words by which a trade is known that is written in words: of a sector, the first that fits
_TRADES = (
    ("A", ("farm", "agri", "fish", "forest", "农", "林", "牧", "渔")),
    ("I", ("software", "information", "internet", "it service", "软件", "信息", "互联网")),
    ("G", ("logistic", "transport", "storage", "warehous", "物流", "运输", "仓储")),
    ("F", ("wholesale", "retail", "trad", "批发", "零售", "贸易")),
    ("H", ("hotel", "catering", "restaurant", "餐饮", "住宿", "酒店")),
    ("E", ("construct", "building work", "建筑", "施工")),
    ("K", ("real estate", "property", "房地产")),
    ("Q", ("health", "medical care", "hospital", "医疗服务", "卫生")),
    ("P", ("educat", "教育")),
    ("R", ("culture", "sport", "entertain", "media", "文化", "体育", "娱乐")),
    ("M", ("research", "technical service", "科研", "技术服务")),
    ("D", ("power", "water", "energy", "电力", "燃气", "供水", "能源")),
    ("B", ("mining", "采矿", "矿业")),
    ("J", ("finance", "insurance", "金融", "保险")),
    ("L", ("business service", "leasing", "consult", "租赁", "商务", "咨询")),
    ("N", ("environment", "环境", "环保")),
    ("C", ("manufact", "machin", "electron", "chemical", "textile", "food", "metal", "制造",
           "加工", "机械", "电子", "化工", "纺织", "食品", "材料", "设备", "医药")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One firm of the file, by the columns of the table; what the row does not say is missing."""

    line: int
    values: dict[str, str]
    #: staff number of who is to be in charge
    owner: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What the firm is known by: the bank's number, else the credit code, else the name."""
        for column in ("external_id", "credit_code"):
            if self.values.get(column):
                return column, self.values[column]
        return "name_zh", self.values["name_zh"]


def read_rows(table: Table) -> tuple[list[CustomerRow], list[RowError]]:
    """The rows that can be right, and everything that is wrong with the others.

    Raises:
        UnknownColumnsError: if there is no column for the name.
    """
    columns = HEADS.columns(table)
    rows: list[CustomerRow] = []
    errors: list[RowError] = []
    for row in table.rows:
        wrong: list[BadCellError] = []
        values: dict[str, str] = {}
        for field, at in columns.items():
            cell = row.cells[at].strip()
            if not cell or field == REASON:
                continue
            try:
                values[field] = _READERS[field](cell)
            except BadCellError as bad:
                wrong.append(BadCellError(field, bad.text))
        if not row.cells[columns["name_zh"]].strip():
            wrong.append(BadCellError("name_zh", Text(N_("The name is missing."))))
        if wrong:
            errors += [HEADS.error(table, row.line, bad) for bad in wrong]
        else:
            owner = values.pop("owner", None)
            rows.append(CustomerRow(row.line, values, owner))
    return _once(table, rows, errors)


def _once(
    table: Table, rows: list[CustomerRow], errors: list[RowError]
) -> tuple[list[CustomerRow], list[RowError]]:
    """Of rows for the same firm none is loaded: which of them is right, nobody can say."""
    times = Counter(row.key for row in rows)
    codes = Counter(row.values["credit_code"] for row in rows if row.values.get("credit_code"))
    kept = []
    for row in rows:
        column, _ = row.key
        code = row.values.get("credit_code", "")
        if times[row.key] > 1:
            bad = BadCellError(column, Text(N_("This firm is in the file twice.")))
        elif codes[code] > 1:
            bad = BadCellError("credit_code", Text(N_("This credit code is in the file twice.")))
        else:
            kept.append(row)
            continue
        errors.append(HEADS.error(table, row.line, bad))
    return kept, errors


def _id(cell: str) -> str:
    if not _ID.fullmatch(cell):
        raise BadCellError("", Text(N_("An id has up to 40 characters and no spaces.")))
    return cell


def _credit_code(cell: str) -> str:
    code = unicodedata.normalize("NFKC", cell).replace(" ", "").replace("-", "").upper()
    if not _CODE.fullmatch(code):
        raise BadCellError("", Text(N_("A credit code has 18 digits and capital letters.")))
    return code


def _phone(cell: str) -> str:
    """The digits of the first number in it, with the sign of a country's code gone."""
    first = re.split(r"[/;,，；、|]", unicodedata.normalize("NFKC", cell), maxsplit=1)[0]
    digits = re.sub(r"[^0-9]", "", first)
    if not 5 <= len(digits) <= 20:
        raise BadCellError("", Text(N_("A phone number has 5 to 20 digits.")))
    return digits


def _industry(cell: str) -> str:
    """The section of GB/T 4754: its letter, its label, or the words that a trade is known by."""
    letter = cell.strip().upper()[:1]
    if re.match(r"[A-R](\d{1,4})?$", cell.strip().upper()):
        return letter
    said = plain(cell)
    for code, msgid in INDUSTRIES.items():
        if said in {plain(str(texts(locale)(msgid))) for locale in LOCALES}:
            return code
    lower = cell.casefold()
    return next((code for code, known in _TRADES if any(word in lower for word in known)), "")


def _grade(cell: str) -> str:
    grade = unicodedata.normalize("NFKC", cell).strip().upper().removesuffix("级")
    if grade not in {"A", "B", "C", "D"}:
        raise BadCellError("", Text(N_("One of these, please: {known}."), {"known": "A, B, C, D"}))
    return grade


_READERS: dict[str, Callable[[str], str]] = {
    "external_id": _id,
    "name_zh": words(120),
    "name_en": words(160),
    "short_name": words(40),
    "credit_code": _credit_code,
    "legal_representative": words(60),
    "phone": _phone,
    "city": words(40),
    "address": words(200),
    "industry": _industry,
    "grade": _grade,
    "size": coded(SIZES),
    "status": coded(STATUSES),
    "owner": words(20),
}
