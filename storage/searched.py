"""What customers are found by, as columns: pinyin, initials and search text.

Kept apart from the search itself, because the process that makes them for a load must not take in
the whole program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.names import core_of, initials_of, pinyin_of
from storage.search_text import search_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_INITIALS = 80


def search_fields(
    name_zh: str,
    name_en: str,
    short_name: str,
    phone: str,
    credit_code: str | None,
    legal_representative: str,
) -> tuple[str, str, str]:
    """The columns `pinyin`, `initials` and `search_text` of a customer with these others."""
    initials = f"{initials_of(core_of(name_zh))} {initials_of(name_zh)}"[:_INITIALS]
    found_by = search_text(
        name_zh,
        name_en,
        short_name,
        numbers=[number for number in (phone, credit_code) if number],
        people=[legal_representative],
    )
    return pinyin_of(name_zh), initials, found_by


def all_fields(
    given: Sequence[tuple[str, str, str, str, str | None, str]],
) -> list[tuple[str, str, str]]:
    """The same of many customers."""
    return [search_fields(*one) for one in given]
