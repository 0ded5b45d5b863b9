"""A file of customers into the bank: good rows are loaded, of a bad row nothing is.

Known by the bank's own number, else by the credit code, else by the name, so the same file again
changes nothing. What a row does not say stays as it is; a change is kept with what was there
before. Who is in charge is said by staff number for new customers; those in the bank change hands
by the commands for it. Without one, a new customer lies in the pool of the head office.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import audit
from core.customer_rows import HEADS, CustomerRow, read_rows
from core.enrolment import ADMINISTRATORS
from core.errors import NotAllowed
from core.i18n import N_, Text
from core.import_rows import BadCellError, ImportReport, conclude
from core.units import Tree
from storage.models import Customer, Staff, Unit
from storage.search import fill_search_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.acting import Acting
    from storage.importer.tables import Table

#: rows that are written at once
BATCH = 500
#: what of a customer is found by the search: changed, it is made anew
_SEARCHED = frozenset(
    {"name_zh", "name_en", "short_name", "credit_code", "phone", "legal_representative"}
)
_KEYS = ("external_id", "credit_code", "name_zh")


@dataclass(frozen=True, slots=True)
class ImportCustomers:
    """Load a table of customers."""

    table: Table
    #: one bad row, and nothing is loaded
    all_or_nothing: bool = False


async def import_customers(acting: Acting, command: ImportCustomers) -> ImportReport:
    """Load what can be loaded.

    Raises:
        NotAllowed: if the acting person is no administrator.
        UnknownColumnsError: if there is no column for the name.
        NothingLoaded: with the report, if it was all or nothing and a row is bad.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    table = command.table
    rows, errors = read_rows(table)
    loading = _Loading(acting, await _root(acting))
    for start in range(0, len(rows), BATCH):
        refused = await loading.load(rows[start : start + BATCH])
        errors += [HEADS.error(table, line, bad) for line, bad in refused.items()]
    return await conclude(
        acting, "customer", table, HEADS, loading.counts, errors,
        all_or_nothing=command.all_or_nothing,
    )  # fmt: skip


async def _root(acting: Acting) -> Unit:
    """The head office, made where the bank has no unit yet."""
    found = await Unit.filter(parent=None).order_by("id").first()
    return found or await (await Tree.load()).grow(acting, ["总行"], ["Head office"])


class _Loading:
    """The rows of one file on their way into the database, a batch at a time."""

    def __init__(self, acting: Acting, root: Unit) -> None:
        self._acting, self._root = acting, root
        self._staff: dict[str, Staff | None] = {}
        self.counts: Counter[str] = Counter()

    async def load(self, rows: list[CustomerRow]) -> dict[int, BadCellError]:
        """Load a batch; returns the rows that were refused, by line."""
        known = {column: await self._known(column, rows) for column in _KEYS}
        refused: dict[int, BadCellError] = {}
        new: list[Customer] = []
        for row in rows:
            column, value = row.key
            found = known[column].get(value)
            try:
                self._check_code(row, found, known["credit_code"])
                if found is None:
                    new.append(await self._made(row))
                else:
                    self.counts[await self._amended(row, found)] += 1
            except BadCellError as bad:
                refused[row.line] = bad
        await Customer.bulk_create(new)
        self.counts["added"] += len(new)
        return refused

    async def _known(self, column: str, rows: Iterable[CustomerRow]) -> dict[str, Customer]:
        wanted = {row.values[column] for row in rows if row.values.get(column)}
        found = await Customer.filter(**{f"{column}__in": sorted(wanted) or [""]})
        return {str(getattr(one, column)): one for one in found}

    @staticmethod
    def _check_code(
        row: CustomerRow, found: Customer | None, holders: dict[str, Customer]
    ) -> None:
        holder = holders.get(row.values.get("credit_code", ""))
        if holder is not None and (found is None or holder.id != found.id):
            raise BadCellError(
                "credit_code",
                Text(N_("This is the credit code of {name}."), {"name": holder.name_zh}),
            )

    async def _made(self, row: CustomerRow) -> Customer:
        owner = await self._owner(row.owner) if row.owner else None
        customer = Customer(
            **row.values,
            owner_id=owner.id if owner else None,
            owner_since=self._acting.now,
            unit_id=owner.unit_id if owner else self._root.id,
            created_at=self._acting.now,
        )
        fill_search_fields(customer)
        return customer

    async def _owner(self, number: str) -> Staff:
        if number not in self._staff:
            self._staff[number] = await Staff.get_or_none(number=number, active=True)
        staff = self._staff[number]
        if staff is None:
            raise BadCellError("owner", Text(N_("There is no active colleague with this number.")))
        return staff

    async def _amended(self, row: CustomerRow, found: Customer) -> str:
        changes: dict[str, Any] = {
            column: {"from": getattr(found, column), "to": value}
            for column, value in row.values.items()
            if value != (getattr(found, column) or "")
        }
        if not changes:
            return "unchanged"
        for column, change in changes.items():
            setattr(found, column, change["to"])
        if _SEARCHED & changes.keys():
            fill_search_fields(found)
        await found.save()
        await audit.record(self._acting, "amend", "customer", found.id, changes=changes)
        return "changed"
