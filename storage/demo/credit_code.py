"""Unified social credit codes with a right check character (GB 32100-2015)."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def check_character(first17: str) -> str:
    """The eighteenth character of a code (GB 32100-2015, 4.7: weights 3^i mod 31)."""
    total = sum(
        ALPHABET.index(character) * weight
        for character, weight in zip(first17, _WEIGHTS, strict=True)
    )
    return ALPHABET[(31 - total % 31) % 31]


def credit_code(area: str, number: int) -> str:
    """A company's code: 91, the area's six digits, nine of our own, and the check character."""
    digits = []
    rest = number
    for _ in range(9):
        rest, place = divmod(rest, 31)
        digits.append(ALPHABET[place])
    first17 = f"91{area}{''.join(reversed(digits))}"
    return first17 + check_character(first17)
