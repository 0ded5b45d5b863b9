"""A file of staff into the bank: good rows are loaded, of a bad row nothing is.

Loaded by staff number, so that the same file again changes nothing. What a row does not say stays
as it is. Each change goes through the command that an administrator's button runs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import audit
from core.enrolment import ADMINISTRATORS
from core.errors import NotAllowed, Refused
from core.i18n import N_, Text
from core.import_rows import BadCellError, ImportReport, conclude
from core.staff import (
    ActivateStaff,
    ChangeRole,
    DeactivateStaff,
    MoveStaff,
    activate_staff,
    change_role,
    deactivate_staff,
    move_staff,
)
from core.staff_rows import HEADS, StaffRow, read_rows
from core.units import Tree
from storage.db import transaction
from storage.models import Staff
from storage.names import syllables_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.acting import Acting
    from storage.importer.tables import Table

#: what a row must say of somebody who is new
_NEEDED = ("name", "role", "unit", "phone")
_SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class ImportStaff:
    """Load a table of staff."""

    table: Table
    #: one bad row, and nothing is loaded
    all_or_nothing: bool = False


async def import_staff(acting: Acting, command: ImportStaff) -> ImportReport:
    """Load what can be loaded.

    Raises:
        NotAllowed: if the acting person is no administrator.
        UnknownColumnsError: if the heads are not those of a staff file.
        NothingLoaded: with the report, if it was all or nothing and a row is bad.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    table = command.table
    rows, errors = read_rows(table, acting.local_now.date())
    loading = _Loading(acting, await Tree.load(), {one.number: one for one in await Staff.all()})
    refused = await loading.load(rows)
    errors += [HEADS.error(table, line, bad) for line, bad in refused.items()]
    return await conclude(
        acting, "staff", table, HEADS, loading.counts, errors, units=loading.made,
        all_or_nothing=command.all_or_nothing,
    )  # fmt: skip


class _Loading:
    """The rows of one file on their way into the database."""

    def __init__(self, acting: Acting, tree: Tree, known: dict[str, Staff]) -> None:
        self._acting, self._tree, self._known = acting, tree, known
        self.counts: Counter[str] = Counter()
        self.made: list[str] = []

    async def load(self, rows: list[StaffRow]) -> dict[int, BadCellError]:
        """Load the rows; returns those that were refused, by line.

        What one row needs, another may give (a number that is free by then, a second
        administrator): what was refused is tried again as long as that helps. So the order of the
        rows does not matter, and the same file again has nothing left to do.
        """
        waiting, refused = rows, dict[int, BadCellError]()
        while waiting:
            refused = {}
            for row in waiting:
                try:
                    self.counts[await self._row(row)] += 1
                except BadCellError as bad:
                    refused[row.line] = bad
            left = [row for row in waiting if row.line in refused]
            if len(left) == len(waiting):
                break
            waiting = left
        return refused

    async def _row(self, row: StaffRow) -> str:
        """Load one row in a savepoint of its own; what it was refused for leaves no trace."""
        heard, made = len(self._acting.events), len(self._tree.made)
        try:
            async with transaction():
                did = await self._written(row)
        except BadCellError:
            del self._acting.events[heard:]
            if len(self._tree.made) > made:
                self._tree = await Tree.load()
            raise
        for unit in self._tree.made[made:]:
            self.made.append("/".join(self._tree.names_of(unit.id)))
        if did != "unchanged":
            self._known[row.number] = await Staff.get(number=row.number)
        return did

    async def _written(self, row: StaffRow) -> str:
        staff = self._known.get(row.number)
        if staff is None:
            await self._add(row)
            return "added"
        done = [
            await self._activate(staff, row),
            await self._amend(staff, row),
            await self._move(staff, row),
            await self._change_role(staff, row),
            await self._deactivate(staff, row),
        ]
        return "changed" if any(done) else "unchanged"

    async def _add(self, row: StaffRow) -> None:
        for field in _NEEDED:
            if getattr(row, field) is None:
                raise BadCellError(field, Text(N_("Somebody new needs this.")))
        assert row.name is not None
        await self._phone_is_free(row, None)
        staff = await Staff.create(
            number=row.number,
            name_zh=row.name,
            name_en=row.name_en or _in_latin(row.name),
            role=row.role,
            unit_id=await self._unit(row),
            phone=row.phone,
            locale=row.language or "zh",
            active=row.active is not False,
        )
        await audit.record(
            self._acting, "add", "staff", staff.id, number=staff.number, role=staff.role,
            unit=staff.unit_id,
        )  # fmt: skip

    async def _amend(self, staff: Staff, row: StaffRow) -> bool:
        """Names, phone and language; the language is the person's own from the first day on."""
        # Who leaves by this row has no phone afterwards, and the file's word counts then.
        enrolled = staff.enrolled_at is not None and row.active is not False
        language = None if enrolled else row.language
        said = {
            "name_zh": row.name, "name_en": row.name_en, "phone": row.phone, "locale": language,
        }  # fmt: skip
        new = {
            column: value
            for column, value in said.items()
            if value is not None and value != getattr(staff, column)
        }
        if not new:
            return False
        if "phone" in new:
            await self._phone_is_free(row, staff)
        await Staff.filter(id=staff.id).update(**new)
        changes = {
            column: {
                "from": _audited(column, getattr(staff, column)),
                "to": _audited(column, value),
            }
            for column, value in new.items()
        }
        await audit.record(self._acting, "amend", "staff", staff.id, changes=changes)
        return True

    async def _phone_is_free(self, row: StaffRow, staff: Staff | None) -> None:
        holder = await Staff.get_or_none(phone=row.phone)
        if holder is not None and (staff is None or holder.id != staff.id):
            raise BadCellError(
                "phone",
                Text(N_("This is the phone of number {number}."), {"number": holder.number}),
            )

    async def _move(self, staff: Staff, row: StaffRow) -> bool:
        if row.unit is None:
            return False
        unit_id = await self._unit(row)
        if unit_id == staff.unit_id:
            return False
        await self._told("unit", move_staff, MoveStaff(staff.id, unit_id))
        return True

    async def _change_role(self, staff: Staff, row: StaffRow) -> bool:
        if row.role is None or row.role == staff.role:
            return False
        await self._told("role", change_role, ChangeRole(staff.id, row.role))
        return True

    async def _activate(self, staff: Staff, row: StaffRow) -> bool:
        if row.active is not True or staff.active:
            return False
        await self._told("active", activate_staff, ActivateStaff(staff.id))
        return True

    async def _deactivate(self, staff: Staff, row: StaffRow) -> bool:
        if row.active is not False or not staff.active:
            return False
        await self._told("active", deactivate_staff, DeactivateStaff(staff.id))
        return True

    async def _unit(self, row: StaffRow) -> int:
        assert row.unit is not None
        found = self._tree.find(row.unit)
        if found is None:
            try:
                found = await self._tree.grow(self._acting, row.unit, row.unit_en, row.unit_kind)
            except Refused as refused:
                raise BadCellError("unit", refused.text) from refused
        return int(found.id)

    async def _told(
        self, field: str, handler: Callable[[Acting, Any], Awaitable[object]], command: object
    ) -> None:
        """Run a command; what the rules say no to is said of this field's cell."""
        try:
            await handler(self._acting, command)
        except Refused as refused:
            raise BadCellError(field, refused.text) from refused


def _in_latin(name: str) -> str:
    """李伟 as Li Wei, for who has no English name."""
    surname, *given = syllables_of(name)
    return " ".join(part for part in (surname.title(), "".join(given).title()) if part)


def _audited(column: str, value: object) -> object:
    """A value for the audit: of a phone, the last digits."""
    return f"…{str(value)[-_SHOWN_DIGITS:]}" if column == "phone" else value
