"""Prints how often the right firm comes first, by the kind of what was typed.

A query that fits several firms is right with any of them. What is wrong in most of the rest is
that an error left a query that fits another firm as well. Usage: python -m tests.search.score
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from storage import db
from storage.migrate import migrate
from storage.models import Customer, Unit
from storage.search import fill_search_fields, find_customers
from tests.search import blind
from tests.search.firms import Firm, firms
from tests.support.bank import MONDAY

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRMS, ASKED, GOAL = 2000, 150, 0.97
_HOMOPHONES = {"华": "花", "兴": "星", "达": "大", "源": "原", "盛": "胜", "信": "新", "械": "戒"}
_TRADITIONAL = str.maketrans(
    "华兴机电国东车业实贸发丰达远龙飞", "華興機電國東車業實貿發豐達遠龍飛"
)

Fits = Callable[[Firm], bool]
Query = tuple[str, str, Fits]


def queries(chance: random.Random, firm: Firm) -> Iterator[Query]:
    """What people would type for a firm: the kind, the text, and whom it fits."""
    core, sound = firm.core, firm.sound
    yield "full name", firm.name_zh, lambda one: one.id == firm.id
    yield "core", core, lambda one: one.core == core
    yield "brand", firm.brand, lambda one: one.brand == firm.brand
    yield (
        "place and brand",
        firm.city + firm.brand,
        lambda one: (one.city, one.brand) == (firm.city, firm.brand),
    )
    yield "other form", f"{firm.city}{core}公司", lambda one: one.core == core
    yield "other order", firm.trade + firm.brand, lambda one: one.core == core
    yield "traditional", core.translate(_TRADITIONAL), lambda one: one.core == core
    if len(firm.trade) >= 4:
        end = firm.trade[2:]
        yield (
            "something left out",
            firm.brand + end,
            lambda one: one.brand == firm.brand and one.trade.endswith(end),
        )
        at = 3
        yield "a wrong character", core[:at] + "某" + core[at + 1 :], lambda one: one.core == core
        yield "a missing character", core[:at] + core[at + 1 :], lambda one: one.core == core
    heard = [at for at, sign in enumerate(core) if sign in _HOMOPHONES]
    if heard:
        at = chance.choice(heard)
        yield (
            "a homophone",
            core[:at] + _HOMOPHONES[core[at]] + core[at + 1 :],
            lambda one: one.sound == sound,
        )
    yield "pinyin", sound, lambda one: one.sound == sound
    yield "initials", firm.initials, lambda one: one.initials == firm.initials
    yield from _english(chance, firm)
    yield from _numbers(firm)
    representative = firm.representative
    yield (
        "legal representative",
        representative,
        lambda one: representative in one.representative or one.brand == representative,
    )


def _english(chance: random.Random, firm: Firm) -> Iterator[Query]:
    def same(one: Firm) -> bool:
        return (one.brand_en, one.trade_en) == (firm.brand_en, firm.trade_en)

    name = f"{firm.brand_en} {firm.trade_en}"
    yield "English", name, same
    yield "English, other order", f"{firm.trade_en} {firm.brand_en}", same
    yield "English in one", name.replace(" ", "").lower(), same
    words = name.lower().split()
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    word = words[longest]
    at = chance.randrange(1, len(word) - 2)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    yield "English, letters swapped", _with(words, longest, swapped), same
    yield "English, a letter missing", _with(words, longest, word[:at] + word[at + 1 :]), same
    first = firm.trade_en.split()[0]
    yield (
        "mixed",
        f"{firm.brand} {first}",
        lambda one: one.brand == firm.brand and first in one.trade_en,
    )


def _numbers(firm: Firm) -> Iterator[Query]:
    yield "credit code", firm.credit_code, lambda one: one.id == firm.id
    tail = firm.credit_code[-7:]
    yield "credit code's end", tail, lambda one: one.credit_code.endswith(tail)
    yield (
        "phone",
        f"{firm.phone[:3]} {firm.phone[3:7]} {firm.phone[7:]}",
        lambda one: one.phone == firm.phone,
    )
    yield "phone with country", f"+86{firm.phone}", lambda one: one.phone == firm.phone
    end = firm.phone[-6:]
    yield "phone's end", end, lambda one: end in one.phone or end in one.credit_code


def _with(words: Sequence[str], at: int, word: str) -> str:
    return " ".join((*words[:at], word, *words[at + 1 :]))


async def main() -> int:
    """Load, ask, print; the exit status says whether the goal is reached."""
    chance = random.Random(7)
    bank = firms(chance, FIRMS)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite://{folder}/bank.db"
        await migrate(url)
        await db.connect(url)
        try:
            by_id = await load(bank)
            asked = [
                query for firm in chance.sample(bank, ASKED) for query in queries(chance, firm)
            ]
            begun = time.perf_counter()
            right = await ask(by_id, asked)
            each = (time.perf_counter() - begun) / len(asked)
        finally:
            await db.disconnect()
    await print_blind()
    share = sum(right) / len(asked)
    sys.stdout.write(f"{share:.3f} of {len(asked)} queries, {each * 1000:.1f} ms each" + "\n")
    return int(share < GOAL)


async def print_blind() -> None:
    """The share of each blind set, with what is wrong."""
    for folder, queries in blind.SETS:
        with tempfile.TemporaryDirectory() as data:
            url = f"sqlite://{data}/bank.db"
            await migrate(url)
            await db.connect(url)
            try:
                await blind.load(folder)
                asked = await blind.ask(folder, queries)
            finally:
                await db.disconnect()
        share = sum(one.is_right for one in asked) / len(asked)
        sys.stdout.write(f"{share:.3f} of {len(asked)} queries of {folder}/{queries}" + "\n")
        for one in asked:
            if not one.is_right:
                sys.stdout.write(f"        {one.kind:26} {one.text} → {one.found}" + "\n")


async def load(bank: Sequence[Firm]) -> dict[int, Firm]:
    """Write the firms; id in the database → firm."""
    unit = await Unit.create(kind="head_office", name_zh="总行", name_en="HQ", path="/1/")
    customers = []
    for firm in bank:
        customer = Customer(
            external_id=firm.id, name_zh=firm.name_zh, name_en=firm.name_en, city=firm.city,
            credit_code=firm.credit_code, phone=firm.phone, unit=unit, created_at=MONDAY,
            legal_representative=firm.representative,
        )  # fmt: skip
        fill_search_fields(customer)
        customers.append(customer)
    await Customer.bulk_create(customers, batch_size=500)
    known = {firm.id: firm for firm in bank}
    return {one.id: known[str(one.external_id)] for one in await Customer.all()}


async def ask(by_id: dict[int, Firm], asked: Sequence[Query]) -> list[bool]:
    """Whether each query's first answer fits; prints each kind's share and a miss."""
    outcomes: dict[str, list[bool]] = defaultdict(list)
    missed: dict[str, str] = {}
    for kind, text, fits in asked:
        hits = await find_customers(text, "1=1", [], limit=5)
        fine = bool(hits) and fits(by_id[hits[0].id])
        outcomes[kind].append(fine)
        if not fine:
            found = by_id[hits[0].id].name_zh if hits else "nothing"
            missed.setdefault(kind, f"{text} → {found}")
    shares = Counter({kind: sum(fine) / len(fine) for kind, fine in outcomes.items()})
    for kind, share in sorted(shares.items(), key=lambda pair: pair[1]):
        sys.stdout.write(f"{share:6.3f}  {kind:26} {missed.get(kind, '')}" + "\n")
    return [fine for each in outcomes.values() for fine in each]


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
