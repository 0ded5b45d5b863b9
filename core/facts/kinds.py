"""Kinds of values: how one is read from a cell or a message, kept, and shown to a person.

`read` takes what an operator's file or a person's thumb wrote and gives the value of the column,
or raises `BadCellError` with what would be right. `kept` is the text that the trail of changes
keeps, and `found` is its inverse. `shown` is for people.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from core import formats
from core.formats import FEN
from core.i18n import N_, Text, texts
from core.import_rows import BadCellError, coded, day, words
from core.language.money import find_amounts
from core.sensitive import readable_phone

if TYPE_CHECKING:
    from collections.abc import Mapping

#: ten trillion yuan: what no firm of ours owes or owns, and well within 64 bits
_MOST_FEN = 10**13 * FEN
_YUAN = re.compile(r"[-+]?\d{1,15}(\.\d{1,2})?")
_PLAIN_YUAN = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?")
_GROUPED = re.compile(r"[-+]?\d{1,3}([,，]\d{3})+(\.\d+)?")
_PERCENT = re.compile(r"(-?\d{1,4}(?:\.\d{1,4})?)\s*[%％]?")
_ACCOUNT = re.compile(r"[0-9A-Z]{6,32}")
_DATE_IN_ONE = re.compile(r"\d{8}")
_BIRTHDAY = re.compile(r"(\d{4}\s?[-/.年]\s?)?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?[日号]?")
_LIKE_A_BIRTHDAY = N_("A birthday reads like 08-15, or with the year 1975-08-15.")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)
_YES = frozenset({"1", "y", "yes", "true", "是", "有", "对"})
_NO = frozenset({"0", "n", "no", "false", "否", "无", "不"})


class Kind(ABC):
    """What a field's values are."""

    @abstractmethod
    def read(self, cell: str) -> Any:
        """The value that a text means; the text is not empty.

        Raises:
            BadCellError: with what would be right.
        """

    def kept(self, value: Any) -> str:
        """The value as the trail keeps it; empty for none."""
        return "" if value is None else str(value)

    def found(self, kept: str) -> Any:
        """The value that `kept` wrote; None for the empty text."""
        return self.read(kept) if kept else None

    @abstractmethod
    def shown(self, value: Any, locale: str) -> str:
        """The value as a person reads it, not empty."""


@dataclass(frozen=True, slots=True)
class Words(Kind):
    """A name or a line of text."""

    most: int

    def read(self, cell: str) -> str:
        """The text on one line."""
        return words(self.most)(cell)

    def shown(self, value: Any, locale: str) -> str:
        """The text itself."""
        del locale
        return str(value)


@dataclass(frozen=True, slots=True)
class Code(Kind):
    """One of an enumeration."""

    vocabulary: Mapping[str, str] = field(hash=False)

    def read(self, cell: str) -> str:
        """The code, said as itself or by its label in either language."""
        return coded(self.vocabulary)(cell)

    def shown(self, value: Any, locale: str) -> str:
        """The label."""
        msgid = self.vocabulary.get(str(value))
        return texts(locale)(msgid).unescape() if msgid else str(value)


@dataclass(frozen=True, slots=True)
class Money(Kind):
    """An amount in fen. Files write yuan (12500000.00), people also 1250万 or 12.5m."""

    negative: bool = False

    def read(self, cell: str) -> int:
        """The amount in fen."""
        # Nearly all cells are written so; the others take twenty times as long.
        if plain := _PLAIN_YUAN.fullmatch(cell):
            return int(plain[1]) * FEN + int((plain[2] or "").ljust(2, "0"))
        text = cell.strip().removeprefix("¥").removeprefix("￥")
        if _GROUPED.fullmatch(text):
            text = text.replace(",", "").replace("，", "")
        fen = self._fen(text)
        if fen < 0 and not self.negative:
            raise BadCellError("", Text(N_("This amount can't be negative.")))
        if abs(fen) > _MOST_FEN:
            raise BadCellError("", Text(N_("This amount is too large to be right.")))
        return fen

    @staticmethod
    def _fen(text: str) -> int:
        if _YUAN.fullmatch(text):
            whole, _, cents = text.partition(".")
            sign = -1 if text.startswith("-") else 1
            return sign * (abs(int(whole)) * FEN + int(cents.ljust(2, "0") or 0))
        found = find_amounts(text)
        if len(found) == 1:
            return int(found[0].yuan * FEN)
        raise BadCellError("", Text(N_("An amount in yuan reads like 12500000.00 or 1250万.")))

    def kept(self, value: Any) -> str:
        """Yuan with two decimals, which `read` reads."""
        return "" if value is None else f"{Decimal(int(value)) / FEN:.2f}"

    def shown(self, value: Any, locale: str) -> str:
        """¥1,250万 / ¥12.5m."""
        return formats.money(int(value), locale)


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A day."""

    def read(self, cell: str) -> date:
        """The day, as 2026-11-30, 2026/11/30, 20261130 or 2026年11月30日."""
        text = cell.strip()
        if len(text) == len("20261130") and text.isdecimal():
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        found = day(text)
        if not _EARLIEST <= found < _LATEST:
            raise BadCellError("", Text(N_("A date reads like 2026-11-30.")))
        return found

    def shown(self, value: Any, locale: str) -> str:
        """2026-11-30, which takes the least room and reads the same in both languages."""
        del locale
        return date.fromisoformat(str(value)).isoformat()


@dataclass(frozen=True, slots=True)
class Month(Day):
    """A month, kept as its first day."""

    def read(self, cell: str) -> date:
        """The month, as 2026-11 or any day of it."""
        text = cell.strip()
        if re.fullmatch(r"\d{4}[-/.年]\d{1,2}月?", text):
            year, month = re.findall(r"\d+", text)
            text = f"{year}-{int(month):02}-01"
        return Day.read(self, text).replace(day=1)

    def shown(self, value: Any, locale: str) -> str:
        """2026-11."""
        return Day.shown(self, value, locale)[:7]


@dataclass(frozen=True, slots=True)
class Birthday(Kind):
    """A day of the year, with the year where it is known: 08-15 or 1975-08-15."""

    def read(self, cell: str) -> str:
        """The day, also as 8月15日, 8/15 or 1975.8.15."""
        text = unicodedata.normalize("NFKC", cell).strip()
        parts = [int(one) for one in re.findall(r"\d+", text)]
        if _DATE_IN_ONE.fullmatch(text):
            parts = [int(text[:4]), int(text[4:6]), int(text[6:])]
        if _BIRTHDAY.fullmatch(text) and len(parts) == len(("month", "day")):
            # A leap year, as any of them may be.
            return self._kept(2000, *parts)[len("2000-") :]
        if _BIRTHDAY.fullmatch(text) or _DATE_IN_ONE.fullmatch(text):
            return self._kept(*parts)
        raise BadCellError("", Text(_LIKE_A_BIRTHDAY))

    @staticmethod
    def _kept(*parts: int) -> str:
        try:
            found = date(*parts)
        except ValueError:
            raise BadCellError("", Text(_LIKE_A_BIRTHDAY)) from None
        if found.year < _EARLIEST.year:
            raise BadCellError("", Text(_LIKE_A_BIRTHDAY))
        return found.isoformat()

    def shown(self, value: Any, locale: str) -> str:
        """The same."""
        del locale
        return str(value)


@dataclass(frozen=True, slots=True)
class Percent(Kind):
    """A share or a rate, kept in basis points: 12.5 % is 1250."""

    most: int = 100

    def read(self, cell: str) -> int:
        """Basis points, from 12.5 or 12.5%."""
        found = _PERCENT.fullmatch(unicodedata.normalize("NFKC", cell).strip())
        percent = Decimal(found[1]) if found else Decimal(-1)
        if not 0 <= percent <= self.most:
            raise BadCellError(
                "", Text(N_("A percentage reads like 12.5, at most {most}."), {"most": self.most})
            )
        return int((percent * 100).quantize(Decimal(1), ROUND_HALF_UP))

    def kept(self, value: Any) -> str:
        """Percent with two decimals, which `read` reads."""
        return "" if value is None else f"{Decimal(int(value)) / 100:.2f}"

    def shown(self, value: Any, locale: str) -> str:
        """12.5%."""
        del locale
        return f"{int(value) / 100:.2f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number between two ends."""

    least: int
    most: int

    def read(self, cell: str) -> int:
        """The number."""
        text = cell.strip()
        number = int(text) if re.fullmatch(r"-?\d{1,9}", text) else None
        if number is None or not self.least <= number <= self.most:
            raise BadCellError(
                "",
                Text(N_("A whole number between {least} and {most}, please."),
                     {"least": self.least, "most": self.most}),
            )  # fmt: skip
        return number

    def shown(self, value: Any, locale: str) -> str:
        """The number."""
        del locale
        return f"{int(value):,}"


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """Yes or no."""

    def read(self, cell: str) -> bool:
        """Whether the text says yes."""
        said = cell.strip().casefold()
        if said in _YES:
            return True
        if said in _NO:
            return False
        raise BadCellError("", Text(N_("Yes or no, please.")))

    def kept(self, value: Any) -> str:
        """1 or 0, which `read` reads."""
        return "" if value is None else str(int(bool(value)))

    def shown(self, value: Any, locale: str) -> str:
        """Yes or no."""
        return texts(locale)(N_("Yes") if value else N_("No")).unescape()


@dataclass(frozen=True, slots=True)
class AccountNumber(Kind):
    """The number of an account, a contract or a booking: letters and digits, no spaces."""

    def read(self, cell: str) -> str:
        """The number without spaces and dashes."""
        flat = unicodedata.normalize("NFKC", cell).replace(" ", "").replace("-", "").upper()
        if not _ACCOUNT.fullmatch(flat):
            raise BadCellError("", Text(N_("A number has 6 to 32 digits and capital letters.")))
        return flat

    def shown(self, value: Any, locale: str) -> str:
        """The number in groups of four."""
        del locale
        text = str(value)
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@dataclass(frozen=True, slots=True)
class Currency(Kind):
    """A currency's three letters."""

    def read(self, cell: str) -> str:
        """The letters; 人民币 is CNY."""
        text = cell.strip().upper()
        text = {"人民币": "CNY", "RMB": "CNY", "美元": "USD", "欧元": "EUR"}.get(text, text)
        if not re.fullmatch(r"[A-Z]{3}", text):
            raise BadCellError("", Text(N_("A currency reads like CNY or USD.")))
        return text

    def shown(self, value: Any, locale: str) -> str:
        """The letters."""
        del locale
        return str(value)


@dataclass(frozen=True, slots=True)
class Phone(Kind):
    """A telephone number, as its digits."""

    def read(self, cell: str) -> str:
        """The digits of the first number in it, with the sign of a country's code gone."""
        first = re.split(r"[/;,，；、|]", unicodedata.normalize("NFKC", cell), maxsplit=1)[0]
        digits = re.sub(r"[^0-9]", "", first)
        if not 5 <= len(digits) <= 20:
            raise BadCellError("", Text(N_("A phone number has 5 to 20 digits.")))
        return digits

    def shown(self, value: Any, locale: str) -> str:
        """138 0000 0001."""
        del locale
        return readable_phone(str(value))
