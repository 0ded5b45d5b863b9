"""Queries written by people who had not seen the search, against firms that they made up.

A line of `queries.jsonl` gives what is typed, every firm that a fair judge takes for the first
answer, and its kind. Their scores at first sight stand in `first_sight.tsv`.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from storage.models import Customer, Unit
from storage.search import fill_search_fields, find_customers
from tests.support.bank import MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
#: the folder of the firms and the file with the queries
SETS = (("blind1", "queries.jsonl"), ("blind2", "queries.jsonl"), ("blind2", "more.jsonl"))


class Asked(NamedTuple):
    """A query, the firms that are right, and the one that was found first."""

    kind: str
    text: str
    right: frozenset[str]
    found: str

    @property
    def is_right(self) -> bool:
        """Whether the first answer is one of the right ones."""
        return self.found in self.right


async def load(folder: str) -> None:
    """Write the firms of a set into an empty database."""
    unit = await Unit.create(kind="head_office", name_zh="总行", name_en="HQ", path="/1/")
    customers = []
    for row in _rows(folder):
        customer = Customer(
            external_id=row["id"], name_zh=row["name"], name_en=row["name_en"], city=row["city"],
            credit_code=row["credit_code"] or None, phone=row["phone"], unit=unit,
            legal_representative=row["legal_representative"], created_at=MONDAY,
        )  # fmt: skip
        fill_search_fields(customer)
        customers.append(customer)
    await Customer.bulk_create(customers, batch_size=500)


async def ask(folder: str, queries: str) -> list[Asked]:
    """What is found first for each query, over the whole bank."""
    ids = {one.id: str(one.external_id) for one in await Customer.all().only("id", "external_id")}
    answers = []
    for line in (HERE / folder / queries).read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        hits = await find_customers(one["query"], "1=1", [], limit=1)
        found = ids[hits[0].id] if hits else ""
        answers.append(Asked(one["kind"], one["query"], frozenset(one["ids"]), found))
    return answers


def _rows(folder: str) -> Iterator[dict[str, str]]:
    with (HERE / folder / "firms.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
