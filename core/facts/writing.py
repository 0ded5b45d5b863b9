"""Writing facts: a row recorded, a field amended, a row ended; with the trail of every change.

Values come as texts, as a thumb or a program wrote them, and are read by the kinds of their
fields. A row with the same natural key is the same row: recorded again it is amended, and one that
had ended lives again. Loads write by their own, faster way and leave the same trail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import audit, customers
from core.errors import FactEnded, Invalid, NotAllowed, NotFound
from core.events import FactChanged
from core.facts.links import linked_customers
from core.facts.reading import section_of
from core.facts.vocabulary import SOURCES
from core.i18n import N_, Text
from core.import_rows import BadCellError
from storage.credit_code import is_valid
from storage.models import Change, Contact, Customer
from storage.search import fill_search_fields

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.acting import Acting
    from core.facts.section import Field, Section

#: what of a customer is found by the search: changed, it is made anew
SEARCHED = frozenset(
    {"name_zh", "name_en", "short_name", "credit_code", "phone", "legal_representative"}
)
#: columns that hold no empty text
_NOTHING = {"credit_code": None}


@dataclass(frozen=True, slots=True)
class RecordFact:
    """Write down a row of a category."""

    customer_id: int
    section: str
    values: Mapping[str, str]
    source: str = "customer"
    #: the day that it is of; today if it is not said
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class AmendFact:
    """Change fields of a row; an empty text takes a value away."""

    section: str
    row_id: int
    values: Mapping[str, str]
    source: str = "customer"
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class EndFact:
    """A row is no longer so."""

    section: str
    row_id: int


async def record_fact(acting: Acting, command: RecordFact) -> dict[str, int]:
    """Record it and return {"id": …, "customer": …}.

    Raises:
        NotFound: if there is no such category, or the customer is none to be seen.
        NotAllowed: if it is not the acting person's to change, or comes by loads only.
        Invalid: if a value can't be right, or a needed one is missing.
    """
    section = _by_hand(command.section)
    if not section.is_fact:
        raise NotAllowed
    customer = await customers.workable(acting, command.customer_id)
    values = read_values(section, command.values)
    _check_source(command.source)
    for field in section.fields:
        if field.needed and values.get(field.name) in (None, ""):
            raise Invalid(N_("{field} is needed."), field=Text(field.label))
    row = await section.model.filter(**_key_of(section, customer, values)).first()
    if row is None:
        row = await _created(acting, command, section, customer, values)
    else:
        await _amended(acting, section, row, values, command.source, command.as_of)
    return {"id": int(row.pk), "customer": customer.id}


async def amend_fact(acting: Acting, command: AmendFact) -> dict[str, int]:
    """Change it and return {"id": …, "customer": …}.

    Raises:
        NotFound: if there is no such row, or the customer is none to be seen.
        NotAllowed: if it is not the acting person's to change, or comes by loads only.
        FactEnded: if the row is no longer so.
        Invalid: if a value can't be right, or another row has the same key.
    """
    section, row, customer = await _row(acting, command.section, command.row_id)
    _check_source(command.source)
    values = read_values(section, command.values)
    for name, value in values.items():
        if section[name].needed and value in (None, ""):
            raise Invalid(N_("{field} is needed."), field=Text(section[name].label))
    if section.is_fact and row.ended_at is not None:
        raise FactEnded
    if section.is_fact and set(section.key) & values.keys():
        whole = {name: values.get(name, getattr(row, name)) for name in section.key}
        twin = await section.model.filter(**_key_of(section, customer, whole)).first()
        if twin is not None and twin.pk != row.pk:
            raise Invalid(N_("That is written down already."))
    if isinstance(row, Customer):
        await check_credit_code(row, values)
    await _amended(acting, section, row, values, command.source, command.as_of)
    return {"id": int(row.pk), "customer": customer.id}


async def end_fact(acting: Acting, command: EndFact) -> dict[str, int]:
    """End it and return {"id": …, "customer": …}; ended twice is ended once.

    Raises:
        NotFound: if there is no such row, or the customer is none to be seen.
        NotAllowed: if it is not the acting person's to change, or comes by loads only.
    """
    section, row, customer = await _row(acting, command.section, command.row_id)
    if not section.is_fact:
        raise NotAllowed
    if row.ended_at is None:
        row.ended_at = acting.now
        await row.save(update_fields=["ended_at"])
        await _trail(acting, section, customer.id, row.pk, {"": (name_of(section, row), "")},
                     row.source)  # fmt: skip
        await audit.record(acting, "end", section.name, row.pk, customer=customer.id)
        acting.emit(FactChanged(section.name, row.pk, customer.id))
    return {"id": int(row.pk), "customer": customer.id}


async def changeable(acting: Acting, section_name: str, row_id: int) -> tuple[Any, Customer]:
    """The row and its customer, if the acting person may change it.

    Raises:
        NotFound, NotAllowed: as `amend_fact`.
    """
    _, row, customer = await _row(acting, section_name, row_id)
    return row, customer


def read_values(section: Section, texts: Mapping[str, str]) -> dict[str, Any]:
    """What texts mean for the fields of a category; an empty one means that nothing is known.

    Raises:
        Invalid: if there is no such field, or its text can't be right.
    """
    return {name: _read(section, name, text) for name, text in texts.items()}


def name_of(section: Section, row: Any) -> str:
    """What a row is called in the trail: the kept texts of its key."""
    return " · ".join(
        text for name in section.key if (text := section[name].kind.kept(getattr(row, name)))
    )


def _read(section: Section, name: str, text: str) -> Any:
    if name not in section:
        raise Invalid(N_("There is no field {name} here."), name=name)
    field = section[name]
    if not text.strip():
        return _empty(section, field)
    try:
        return field.kind.read(text)
    except BadCellError as bad:
        raise Invalid(N_("{field}: {reason}"), field=Text(field.label), reason=bad.text) from bad


def _empty(section: Section, field: Field) -> Any:
    """What a column holds when nothing is known: its default where it may not be null."""
    column = section.model._meta.fields_map[field.name]  # noqa: SLF001 - the ORM's documented place for it
    if field.name in _NOTHING or column.null:
        return None
    return column.default


def _by_hand(name: str) -> Section:
    section = section_of(name)
    if not section.by_hand:
        raise NotAllowed(N_("This comes from the bank's systems and can't be changed here."))
    return section


def _check_source(source: str) -> None:
    if source not in SOURCES:
        raise Invalid


async def _row(acting: Acting, name: str, row_id: int) -> tuple[Section, Any, Customer]:
    section = section_of(name)
    row: Any = await section.model.get_or_none(id=row_id)
    if row is None:
        raise NotFound
    customer_id = row.id if isinstance(row, Customer) else row.customer_id
    customer = await customers.workable(acting, customer_id)
    _by_hand(name)
    return section, row if section.model is not Customer else customer, customer


def _key_of(section: Section, customer: Customer, values: Mapping[str, Any]) -> dict[str, Any]:
    key = {
        name: values[name] if name in values else _empty(section, section[name])
        for name in section.key
    }
    return key if section.bank_wide_key else {"customer_id": customer.id, **key}


async def _created(
    acting: Acting,
    command: RecordFact,
    section: Section,
    customer: Customer,
    values: dict[str, Any],
) -> Any:
    row = section.model(
        customer_id=customer.id,
        **{name: value for name, value in values.items() if value is not None},
        **await linked_customers(section, values),
        source=command.source,
        as_of=command.as_of or acting.local_now.date(),
        recorded_at=acting.now,
        recorded_by_id=acting.person.id or None,
    )
    await row.save()
    await _one_main_contact(row)
    await _trail(acting, section, customer.id, row.pk, {"": ("", name_of(section, row))},
                 command.source)  # fmt: skip
    await audit.record(
        acting, "record", section.name, row.pk, customer=customer.id,
        values={name: section[name].kind.kept(value) for name, value in values.items()},
    )  # fmt: skip
    acting.emit(FactChanged(section.name, row.pk, customer.id))
    return row


async def _amended(
    acting: Acting,
    section: Section,
    row: Any,
    values: Mapping[str, Any],
    source: str,
    as_of: date | None,
) -> None:
    changes = {
        name: (section[name].kind.kept(getattr(row, name)), section[name].kind.kept(value))
        for name, value in values.items()
        if value != getattr(row, name)
    }
    lives = section.is_fact and row.ended_at is not None
    if lives:
        row.ended_at = None
        changes[""] = ("", name_of(section, row))
    for name, value in values.items():
        setattr(row, name, value)
    for column, customer_id in (await linked_customers(section, values)).items():
        setattr(row, column, customer_id)
    row.source, row.as_of = source, as_of or acting.local_now.date()
    if section.is_fact:
        row.recorded_at, row.recorded_by_id = acting.now, acting.person.id or None
    elif SEARCHED & changes.keys():
        fill_search_fields(row)
    await row.save()
    await _one_main_contact(row)
    if not changes:
        return
    customer_id = row.id if section.model is Customer else row.customer_id
    await _trail(acting, section, customer_id, row.pk, changes, source)
    subject = "customer" if section.model is Customer else section.name
    await audit.record(
        acting, "amend", subject, row.pk, customer=customer_id,
        changes={name or "row": {"from": was, "to": now} for name, (was, now) in changes.items()},
    )  # fmt: skip
    acting.emit(FactChanged(section.name, row.pk, customer_id))


async def _trail(
    acting: Acting,
    section: Section,
    customer_id: int,
    row_id: int,
    changes: Mapping[str, tuple[str, str]],
    source: str,
) -> None:
    await Change.bulk_create(
        [
            Change(
                customer_id=customer_id, section=section.name, row_id=row_id, field=name,
                was=was, now=now, source=source, at=acting.now,
                by_id=acting.person.id or None,
            )
            for name, (was, now) in changes.items()
        ]
    )  # fmt: skip


async def _one_main_contact(row: Any) -> None:
    """Whoever becomes the main contact is the only one."""
    if isinstance(row, Contact) and row.is_main:
        others = Contact.filter(customer_id=row.customer_id, is_main=True).exclude(id=row.id)
        await others.update(is_main=False)


async def check_credit_code(customer: Customer, values: Mapping[str, Any]) -> None:
    """Refuse a credit code that can't be right, or that another customer has.

    Raises:
        Invalid: with what is wrong.
    """
    code = values.get("credit_code")
    if not code or code == customer.credit_code:
        return
    if not is_valid(code):
        raise Invalid(N_("A credit code has 18 characters, and its last one must fit."))
    if await Customer.filter(credit_code=code).exclude(id=customer.id).exists():
        raise Invalid(N_("Another customer has this credit code."))
