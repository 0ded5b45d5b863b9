"""Loads of customers beside a program that only reads and inserts, for `benchmarks.loads`.

The hand-written one is csv and executemany into the same table with the same indexes and triggers:
no checks, no history, nothing looked up, and what a customer is found by (pinyin, initials, search
text) given beforehand. Once more without it, which is what the table costs apart from the search.
"""

from __future__ import annotations

import csv
import multiprocessing
import random
import resource
import sqlite3
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg

from core.acting import Acting
from core.clock import SystemClock
from core.enrolment import SYSTEM
from core.loads.loading import LoadOrder, run_load
from storage import db
from storage.models import Customer
from storage.search import search_fields

if TYPE_CHECKING:
    from benchmarks.databases import Databases, Engine

_HEADS = ("id", "name", "name_en", "credit_code", "legal_representative", "phone", "city")
_COLUMNS = ("external_id", "name_zh", *_HEADS[2:])
_FOUND_BY = ("pinyin", "initials", "search_text")
_CITIES = ("上海", "苏州", "杭州", "宁波", "无锡", "南京", "青岛", "厦门", "武汉", "成都")
_BRANDS = (
    "华兴恒达绿源新晨百维优品明远德胜瑞丰同济安泰宏图金鹰海川天成永信博雅中科东方嘉禾立本众诚"
)
_TRADES = ("机械制造", "物流", "电子科技", "精密模具", "食品", "纺织", "贸易", "汽车零部件")
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明"
_WORDS = ("Hua", "Heng", "Xin", "Bai", "Ming", "De", "Rui", "Tong", "An", "Hong", "Jin")


@dataclass(frozen=True)
class CustomerRate:
    """Rows a second and seconds of this machine's processor, of one program on one engine."""

    engine: str
    what: str
    a_second: float
    #: of this process and those it started; a server's are not in it
    cpu_seconds: float


async def measure_customers(
    databases: Databases, engine: Engine, count: int
) -> list[CustomerRate]:
    """Load so many customers, ours and by hand, on one engine."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "customers.csv")
        _write(file, count)
        await db.connect(await databases.fresh(engine))
        shown = [CustomerRate(engine, what, *await _ours(file, count))
                 for what in ("new", "the same again")]  # fmt: skip
        like = (await db.rows("SELECT * FROM customer ORDER BY id DESC LIMIT 1"))[0]
        del like[Customer._meta.db_pk_column]  # noqa: SLF001 - the ORM's documented place for it
        await db.disconnect()
        for what, found in (("by hand", True), ("by hand, not searchable", False)):
            url = await databases.fresh(engine)
            texts = _found_by(file) if found else [("", "", "")] * count
            shown.append(CustomerRate(engine, what, *await _bare(url, file, like, texts)))
    return shown


def _write(file: Path, count: int) -> None:
    chance = random.Random(5)
    with file.open("w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(_HEADS)
        for n in range(count):
            brand = "".join(chance.sample(_BRANDS, 3))
            city, trade = chance.choice(_CITIES), chance.choice(_TRADES)
            person = chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, 2))
            english = f"{chance.choice(_WORDS)}{chance.choice(_WORDS).lower()} {n} Co., Ltd."
            writer.writerow(
                (f"L{n:07}", f"{city}{brand}{trade}有限公司", english, f"91320000L{n:09}", person,
                 f"138{n:08}", city)
            )  # fmt: skip


def _found_by(file: Path) -> list[tuple[str, str, str]]:
    with file.open(newline="") as text:
        return [
            search_fields(one["name"], one["name_en"], "", one["phone"], one["credit_code"],
                          one["legal_representative"])
            for one in csv.DictReader(text)
        ]  # fmt: skip


def _cpu() -> float:
    multiprocessing.active_children()  # those that have ended are counted from now on
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


async def _ours(file: Path, count: int) -> tuple[float, float]:
    began, used = time.perf_counter(), _cpu()
    acting = Acting(SYSTEM, datetime.now(UTC), "bench")
    report = await run_load(acting, LoadOrder("customers", file), SystemClock())
    took = time.perf_counter() - began
    assert (report.rows, report.bad) == (count, 0)
    for one in multiprocessing.active_children():
        one.join()
    return count / took, _cpu() - used


async def _bare(
    url: str, file: Path, like: dict[str, Any], texts: list[tuple[str, str, str]]
) -> tuple[float, float]:
    """Insert the file's rows, all else as that one customer has it."""
    columns = (*_COLUMNS, *_FOUND_BY)
    rest = {name: value for name, value in like.items() if name not in columns}
    names = ", ".join(f'"{name}"' for name in (*columns, *rest))
    constant = tuple(rest.values())
    path = db.sqlite_file(url)
    marks = ["?" if path else f"${n}" for n in range(1, len(columns) + len(rest) + 1)]
    sql = f"INSERT INTO customer ({names}) VALUES ({', '.join(marks)})"
    began, used = time.perf_counter(), _cpu()
    with file.open(newline="") as text:
        reader = csv.reader(text)
        next(reader)
        rows = ((*row, *found, *constant) for row, found in zip(reader, texts, strict=True))
        if path is not None:
            with sqlite3.connect(path) as connection:
                connection.executemany(sql, rows)
            connection.close()
        else:
            server = await asyncpg.connect(url)
            async with server.transaction():
                await server.executemany(sql, rows)
            await server.close()
    return len(texts) / (time.perf_counter() - began), _cpu() - used
