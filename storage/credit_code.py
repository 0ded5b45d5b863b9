"""Unified social credit codes with right check characters (GB 32100-2015).

A code is the registering authority and kind (two characters), the place (six digits), the
organization code of nine characters, whose last one checks it (GB 11714), and a check character
over all.
"""

from __future__ import annotations

COMPANY, SOLE_TRADER = "91", "92"
#: no I, O, S, V and Z, which look like digits or U
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18
_ORGANIZATION_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def check_character(first17: str) -> str:
    """The eighteenth character of a code: weights 3^i mod 31.

    Raises:
        ValueError: if it does not have 17 characters of the alphabet.
    """
    total = sum(
        ALPHABET.index(character) * weight
        for character, weight in zip(first17, _WEIGHTS, strict=True)
    )
    return ALPHABET[(31 - total % 31) % 31]


def organization_check(first8: str) -> str:
    """The ninth character of an organization code: X for ten.

    Raises:
        ValueError: if it does not have eight digits and capital letters.
    """
    total = sum(
        _ORGANIZATION_LETTERS.index(character) * weight
        for character, weight in zip(first8, _ORGANIZATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[(11 - total % 11) % 11]


def is_valid(code: str) -> bool:
    """Whether both check characters of a code are right."""
    if len(code) != _LENGTH or any(character not in ALPHABET for character in code):
        return False
    return organization_check(code[8:16]) == code[16] and check_character(code[:17]) == code[17]


def credit_code(kind: str, area: str, number: int) -> str:
    """The code of the firm with this number; `area` is the six digits of its seat.

    Organization codes here begin with MAY, which is not handed out yet.
    """
    places = []
    for _ in range(5):
        number, place = divmod(number, len(ALPHABET))
        places.append(ALPHABET[place])
    organization = f"MAY{''.join(reversed(places))}"
    first17 = f"{kind}{area}{organization}{organization_check(organization)}"
    return first17 + check_character(first17)
