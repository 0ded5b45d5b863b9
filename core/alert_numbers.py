"""A rule's number as a kind of value: how it is typed, checked against its bounds, and shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.alert_rules import OUT_OF_BOUNDS, bounds_of, plain
from core.facts.kinds import Kind, Money
from core.i18n import N_, Text
from core.import_rows import BadCellError

if TYPE_CHECKING:
    from core.rules.tuning import Number

_WHOLE = re.compile(r"\d{1,9}")
_SEVERAL = N_("At most {many} of them, between {least} and {most}, like 90 60 30.")
_ONE = N_("Between {least} and {most}.")


@dataclass(frozen=True, slots=True)
class RuleNumber(Kind):
    """One value, or several with spaces between them."""

    number: Number

    @property
    def bounds(self) -> Text:
        """What may be typed."""
        several = self.number.many > 1
        return Text(_SEVERAL if several else _ONE, bounds_of(self.number))

    def read(self, cell: str) -> list[int]:
        """The values, the largest first."""
        values = sorted(self._values(cell), reverse=True)
        if not self.number.fits(tuple(values)):
            raise BadCellError(
                "", Text(OUT_OF_BOUNDS[self.number.many > 1], bounds_of(self.number))
            )
        return values

    def _values(self, cell: str) -> list[int]:
        text = unicodedata.normalize("NFKC", cell).strip()
        if self.number.unit == "fen":
            return [Money().read(text)]
        return [int(one) for one in _WHOLE.findall(text)] if "-" not in text else []

    def kept(self, value: Any) -> str:
        """The values with spaces, which `read` reads; an amount in yuan."""
        if self.number.unit == "fen":
            return Money().kept(value[0])
        return " ".join(str(one) for one in value)

    def shown(self, value: Any, locale: str) -> str:
        """90, 60, 30."""
        del locale
        return ", ".join(plain(self.number, int(one)) for one in value)
