"""Two customers that are one firm: one takes over the other's history, and can give it back.

Every row of the merged customer goes over to the kept one, but for those that the kept one has
already by their natural key: they stay where they are and are counted. The merged customer is
closed: it is in nobody's scope, and whatever still names it finds the kept one. Whoever was in
charge of the kept one is in charge of both, with the open follow-ups of the other's owner; who
helped with the merged one helps with the kept one, unless that colleague is in charge of it or
helps there already. What one of them withdrew
its consent to holds for both. Undone, exactly the rows that went over go back; what came after
the merge stays with the kept customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core import audit, ownership
from core import customers as reading
from core.assignments import assignable
from core.consent_merging import give_again, withdraw_as_merged
from core.errors import AlreadySettled, Invalid, NotFound, OtherFirm
from core.events import CustomersMerged
from core.facts.sections import BASIC
from core.i18n import N_
from storage.db import rows
from storage.models import (
    Account,
    Activity,
    CheckIn,
    Collaboration,
    Consent,
    Contact,
    Contribution,
    CreditLine,
    Customer,
    Document,
    FamilyMember,
    FollowUp,
    Grading,
    Holding,
    Merge,
    Nickname,
    OtherBank,
    Promise,
    Property,
    Recycling,
    Relation,
    Security,
    Series,
    Shareholder,
    Statement,
    TradePartner,
    WeeklyItem,
)
from storage.models import Change as Trail
from storage.search import fill_search_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tortoise.models import Model

    from core.acting import Acting

#: whose rows go over
HISTORIES: tuple[type[Model], ...] = (
    Activity, FollowUp, Contact, Account, Holding, CreditLine, Contribution, OtherBank, Statement,
    TradePartner, Shareholder, Property, Security, FamilyMember, Relation, Consent, Document,
    Grading, Promise, CheckIn, Nickname, Trail, WeeklyItem,
    Series,
)  # fmt: skip
#: columns by which others point to a customer that a name means
_POINTERS: tuple[tuple[type[Model], str], ...] = (
    (TradePartner, "partner_id"), (Shareholder, "holder_id"), (FamilyMember, "family_firm_id"),
    (Relation, "other_id"),
)  # fmt: skip
#: what the kept customer takes over where it has nothing
_FILLED = (
    "external_id", "credit_code", "name_en", "short_name", "legal_representative",
    "legal_birthday", "industry",
    "city", "address", "phone", "capital_fen", "founded", "licence_expires", "latitude",
    "longitude",
)  # fmt: skip
_UNIQUE = ("external_id", "credit_code")
#: a statement names no more rows than this
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class MergeCustomers:
    """They are one firm: `kept` goes on, `merged` is closed."""

    kept_id: int
    merged_id: int


@dataclass(frozen=True, slots=True)
class UndoMerge:
    """They were two firms after all."""

    merge_id: int


async def merge_customers(acting: Acting, command: MergeCustomers) -> int:
    """Merge them and return the id of the merge.

    Raises:
        NotFound: if one of them is none to be seen.
        NotAllowed: if the acting person does not lead both.
        Invalid: if it is one and the same customer.
        OtherFirm: if both have a credit code, and not the same.
    """
    kept, merged = await mergeable(acting, command.kept_id, command.merged_id)
    both = await ownership.locked([kept.id, merged.id])
    kept, merged = both[kept.id], both[merged.id]
    moved: dict[str, list[int]] = {}
    stayed = 0
    for model in HISTORIES:
        ids, left = await _take_over(model, kept.id, merged.id)
        stayed += left
        if ids:
            moved[f"{_table(model)}.customer_id"] = ids
    if helpers := await _let_in(kept, merged):
        moved[f"{_table(Collaboration)}.customer_id"] = helpers
    for model, column in _POINTERS:
        ids = await _point(model, column, merged.id, kept.id)
        if ids:
            moved[f"{_table(model)}.{column}"] = ids
    before = {
        "consents": await withdraw_as_merged(acting, kept.id, merged.id),
        "follow_ups": await _hand_on(FollowUp, kept, merged, status="open"),
        "series": await _hand_on(Series, kept, merged, state="running"),
        "owner_id": merged.owner_id,
        "owner_since": _text(merged.owner_since),
        "merged_contact_at": _text(merged.last_contact_at),
        "kept_contact_at": _text(kept.last_contact_at),
    }
    await Recycling.filter(customer_id=merged.id, settled_at=None).update(
        settled_at=acting.now, outcome="kept"
    )
    filled = _gaps(kept, merged)
    merged.merged_into_id, merged.owner_id, merged.owner_since = kept.id, None, None
    for name in _UNIQUE:
        if name in filled:
            setattr(merged, name, None)
    await merged.save()
    for name in filled:
        setattr(kept, name, _value(kept, name, filled[name]))
    kept.last_contact_at = max(
        (one for one in (kept.last_contact_at, merged.last_contact_at) if one), default=None
    )
    fill_search_fields(kept)
    await kept.save()
    merge = await Merge.create(
        kept_id=kept.id, merged_id=merged.id, at=acting.now, by_id=acting.person.id, moved=moved,
        stayed=stayed, filled=filled, before=before,
    )  # fmt: skip
    await _told(acting, kept, "", merged.name_zh)
    await audit.record(
        acting, "merge", "customer", kept.id, merged=merged.id, stayed=stayed,
        rows=sum(len(ids) for ids in moved.values()),
    )  # fmt: skip
    acting.emit(CustomersMerged(merge.id, kept.id, merged.id))
    return int(merge.id)


async def mergeable(acting: Acting, kept_id: int, merged_id: int) -> tuple[Customer, Customer]:
    """The two customers, if the acting person may merge them.

    Raises:
        NotFound, NotAllowed, Invalid, OtherFirm: as `merge_customers`.
    """
    kept, merged = await assignable(acting, kept_id), await assignable(acting, merged_id)
    if kept.id == merged.id:
        raise Invalid(N_("That is one and the same customer."))
    if kept.credit_code and merged.credit_code and kept.credit_code != merged.credit_code:
        raise OtherFirm
    return kept, merged


async def undo_merge(acting: Acting, command: UndoMerge) -> dict[str, int]:
    """Part them again and return {"kept": …, "merged": …}.

    Raises:
        NotFound: if there is no such merge to be seen.
        NotAllowed: if the acting person does not lead the kept customer.
        AlreadySettled: if it was undone before, or the kept one was itself merged since.
    """
    merge = await Merge.get_or_none(id=command.merge_id)
    if merge is None:
        raise NotFound
    kept = await assignable(acting, merge.kept_id)
    both = await ownership.locked([merge.kept_id, merge.merged_id])
    await merge.refresh_from_db()
    if merge.undone_at is not None or kept.id != merge.kept_id:
        raise AlreadySettled
    kept, merged = both[merge.kept_id], both[merge.merged_id]
    for place, ids in merge.moved.items():
        table, _, column = place.partition(".")
        await _give_back(table, column, ids, kept.id, merged.id)
    await FollowUp.filter(
        id__in=merge.before["follow_ups"], customer_id=merged.id, owner_id=kept.owner_id,
        status="open",
    ).update(owner_id=merge.before["owner_id"])  # fmt: skip
    await Series.filter(
        id__in=merge.before.get("series", []), customer_id=merged.id, owner_id=kept.owner_id,
        state="running",
    ).update(owner_id=merge.before["owner_id"])  # fmt: skip
    await give_again(acting, merge.before.get("consents", ()))
    taken = {
        name: kept_value
        for name, kept_value in merge.filled.items()
        if getattr(kept, name) == _value(kept, name, kept_value)
    }
    for name in taken:
        setattr(kept, name, _nothing(name))
    before = merge.before
    if kept.last_contact_at == _moment(before["merged_contact_at"]):
        kept.last_contact_at = _moment(before["kept_contact_at"])
    fill_search_fields(kept)
    await kept.save()
    for name in _UNIQUE:
        if name in taken:
            setattr(merged, name, taken[name])
    merged.merged_into_id, merged.owner_id = None, before["owner_id"]
    merged.owner_since = _moment(before["owner_since"])
    await merged.save()
    merge.undone_at, merge.undone_by_id = acting.now, acting.person.id
    await merge.save(update_fields=["undone_at", "undone_by_id"])
    await _told(acting, kept, merged.name_zh, "")
    await audit.record(acting, "undo_merge", "customer", kept.id, merged=merged.id)
    acting.emit(CustomersMerged(merge.id, kept.id, merged.id, undone=True))
    return {"kept": kept.id, "merged": merged.id}


async def merges_of(acting: Acting, customer_id: int) -> list[Merge]:
    """The standing merges into a customer, the latest first.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await reading.visible(acting, customer_id)
    return (
        await Merge.filter(kept_id=customer.id, undone_at=None)
        .order_by("-id")
        .select_related("merged", "by")
    )


async def _take_over(model: type[Model], kept: int, merged: int) -> tuple[list[int], int]:
    """Move rows whose natural key the kept customer does not have; how many have to stay."""
    table, twins = _table(model), []
    for columns in model._meta.unique_together:  # noqa: SLF001 - the ORM's documented place for it
        if "customer" in columns:
            keys = [name for name in columns if name != "customer"]
            same = "".join(f' AND k."{name}" = t."{name}"' for name in keys)
            twins.append(
                f' AND NOT EXISTS (SELECT 1 FROM "{table}" k WHERE k.customer_id = $1{same})'  # noqa: S608 - names are our models'
            )
    moved = await rows(
        f'UPDATE "{table}" AS t SET customer_id = $1 WHERE t.customer_id = $2{"".join(twins)}'  # noqa: S608 - likewise
        " RETURNING id",
        kept, merged,
    )  # fmt: skip
    [left] = await rows(f'SELECT COUNT(*) AS n FROM "{table}" WHERE customer_id = $1', merged)  # noqa: S608 - likewise
    return sorted(int(row["id"]) for row in moved), int(left["n"])


async def _hand_on(
    model: type[FollowUp | Series], kept: Customer, merged: Customer, **still: str
) -> list[int]:
    """What the merged customer's owner still has to do goes to who is in charge of both."""
    if kept.owner_id in {None, merged.owner_id} or merged.owner_id is None:
        return []
    theirs = model.filter(customer_id=kept.id, owner_id=merged.owner_id, **still)
    ids = [int(str(one)) for one in await theirs.values_list("id", flat=True)]
    await model.filter(id__in=ids).update(owner_id=kept.owner_id)
    return sorted(ids)


async def _let_in(kept: Customer, merged: Customer) -> list[int]:
    """Who helped with the merged customer helps with the kept one, at the level they had.

    What somebody has there already stands: being in charge, or a level of its own.
    """
    there = Collaboration.filter(customer_id=kept.id, ended_at=None).values_list(
        "staff_id", flat=True
    )
    settled = {kept.owner_id, *(int(str(one)) for one in await there)}
    ids = [
        one.id
        for one in await Collaboration.filter(customer_id=merged.id)
        if one.ended_at is not None or one.staff_id not in settled
    ]
    await Collaboration.filter(id__in=ids).update(customer_id=kept.id)
    return sorted(ids)


async def _point(model: type[Model], column: str, old: int, new: int) -> list[int]:
    """Have names that meant one customer mean the other."""
    sql = f'UPDATE "{_table(model)}" SET {column} = $1 WHERE {column} = $2 RETURNING id'  # noqa: S608 - names are our models'
    return sorted(int(row["id"]) for row in await rows(sql, new, old))


async def _give_back(table: str, column: str, ids: Sequence[int], kept: int, merged: int) -> None:
    """Those of the rows that are still the kept customer's go back."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks = ", ".join(f"${n}" for n, _ in enumerate(some, 3))
        await rows(
            f'UPDATE "{table}" SET {column} = $1 WHERE {column} = $2 AND id IN ({marks})'  # noqa: S608 - names of ours, kept by the merge
            " RETURNING id",
            merged, kept, *some,
        )  # fmt: skip


def _table(model: type[Model]) -> str:
    return str(model._meta.db_table)  # noqa: SLF001 - the ORM's documented place for it


def _gaps(kept: Customer, merged: Customer) -> dict[str, Any]:
    """What the kept customer lacks and the merged one has, as JSON keeps it."""
    return {
        name: _text(getattr(merged, name))
        for name in _FILLED
        if getattr(kept, name) in (None, "") and getattr(merged, name) not in (None, "")
    }


def _text(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _value(customer: Customer, name: str, kept: Any) -> Any:
    """A column's value from what JSON kept of it."""
    field = customer._meta.fields_map[name]  # noqa: SLF001 - the ORM's documented place for it
    return field.to_python_value(kept)


def _nothing(name: str) -> Any:
    """What a column of a customer holds when nothing is known."""
    column = Customer._meta.fields_map[name]  # noqa: SLF001 - the ORM's documented place for it
    return None if column.null else column.default


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


async def _told(acting: Acting, kept: Customer, was: str, now: str) -> None:
    """A line of the kept customer's trail: the other firm's record came, or went."""
    await Trail.create(
        customer_id=kept.id, section=BASIC.name, row_id=kept.id, field="", was=was, now=now,
        source="registry", at=acting.now, by_id=acting.person.id or None,
    )  # fmt: skip
