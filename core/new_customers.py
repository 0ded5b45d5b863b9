"""Adding a customer by hand: it belongs to who adds it, and is not there twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core import audit
from core.duplicates import Draft, alike
from core.errors import AlreadyCustomer, Invalid, NotAllowed
from core.events import CustomerAdded
from core.facts.sections import BASIC
from core.facts.vocabulary import SOURCES
from core.facts.writing import check_credit_code, read_values
from core.i18n import N_, Text
from core.rules.access import KEEPERS, READ_ONLY
from storage.models import Change, Customer
from storage.search import fill_search_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.acting import Acting

_NAME = BASIC["name_zh"]


@dataclass(frozen=True, slots=True)
class AddCustomer:
    """A firm that the bank did not know."""

    #: by field of the basic information, as texts
    values: Mapping[str, str]
    #: customers that look like it, and are known to be other firms
    distinct_from: tuple[int, ...] = field(default=())
    source: str = "customer"


def check_may_add(acting: Acting) -> None:
    """Who may add customers: everybody who works on some.

    Raises:
        NotAllowed: for who only reads.
    """
    if acting.person.role in READ_ONLY:
        raise NotAllowed


async def add_customer(acting: Acting, command: AddCustomer) -> int:
    """Write it down and return its id; it is the acting person's, or lies in their unit's pool.

    Raises:
        NotAllowed: if the acting person only reads.
        Invalid: if a value can't be right, or the name is missing.
        AlreadyCustomer: if it is likely there already, and was not said to be another firm.
    """
    check_may_add(acting)
    if command.source not in SOURCES:
        raise Invalid
    values = {
        name: value
        for name, value in read_values(BASIC, command.values).items()
        if value not in (None, "")
    }
    if _NAME.name not in values:
        raise Invalid(N_("{field} is needed."), field=Text(_NAME.label))
    await check_credit_code(Customer(id=0), values)
    customer = Customer(
        **values,
        owner_id=acting.person.id if acting.person.role in KEEPERS else None,
        owner_since=acting.now,
        unit_id=acting.person.unit_id,
        created_at=acting.now,
        source=command.source,
        as_of=acting.local_now.date(),
    )
    await _check_new(acting, customer, command.distinct_from)
    fill_search_fields(customer)
    await customer.save()
    await Change.create(
        customer_id=customer.id, section=BASIC.name, row_id=customer.id, field="", was="",
        now=customer.name_zh, source=command.source, at=acting.now, by_id=acting.person.id or None,
    )  # fmt: skip
    await audit.record(
        acting, "add", "customer", customer.id,
        values={name: BASIC[name].kind.kept(value) for name, value in values.items()},
        **({"distinct_from": list(command.distinct_from)} if command.distinct_from else {}),
    )  # fmt: skip
    acting.emit(CustomerAdded(customer.id))
    return int(customer.id)


async def _check_new(acting: Acting, customer: Customer, distinct: tuple[int, ...]) -> None:
    draft = Draft(customer.name_zh, customer.credit_code or "", customer.phone)
    for one in await alike(acting, draft):
        if one.why != "credit_code" and one.customer.id in distinct:
            continue
        if one.why != "credit_code" and not one.visible and customer.credit_code:
            continue  # two firms can have one name in two places; the credit code tells them apart
        raise AlreadyCustomer(
            None if one.visible else N_("The bank has this firm already, in another team. Your"
                                        " leader can say who is in charge."),
            **({"name": one.customer.name_zh} if one.visible else {}),
        )  # fmt: skip
