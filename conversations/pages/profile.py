"""The profile page: the customer on one screen, before the door opens.

Its sections will each be a page of their own, one button away, as the 360° view grows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, due_line, lines, record_line
from conversations.words import whole
from core import customers
from core import profile as read
from core.audit_reading import AUDIT_READERS
from core.screens import Button, Screen
from core.vocabulary import CONTACT_ROLES, INDUSTRIES, SIZES, STATUSES

if TYPE_CHECKING:
    from core.acting import Acting
    from core.profile import Profile


async def profile(acting: Acting, customer_id: str) -> Screen:
    """The profile of a customer."""
    facts = await read.profile(acting, whole(customer_id))
    return Screen(lines(*_body(acting, facts)), _buttons(acting, facts), protected=True)


def _body(acting: Acting, facts: Profile) -> list[Markup | str | None]:
    t, customer = acting.texts, facts.customer
    body: list[Markup | str | None] = [
        Markup("<b>{}</b> · {}").format(facts.name, t("grade {grade}", grade=customer.grade)),
        dotted(
            t(INDUSTRIES[customer.industry]) if customer.industry in INDUSTRIES else "",
            customers.city_of(customer, acting.locale),
            t(SIZES.get(customer.size, customer.size)),
            t(STATUSES.get(customer.status, customer.status)),
        ),
        t("In charge: {owner}", owner=facts.owner) if facts.owner else t("In the shared pool"),
    ]
    if (main := facts.main_contact) is not None:
        who = dotted(main.title, t(CONTACT_ROLES[main.role]) if main.role in CONTACT_ROLES else "")
        body.append(Markup("👤 <b>{}</b> {}").format(main.name, who))
    if facts.next_follow_up is not None:
        body.append(t("⏰ Next: {step}", step=due_line(acting, facts.next_follow_up, named=False)))
    else:
        body.append(t("⏰ No next step planned"))
    if facts.last:
        body += ["", t("<b>Last contacts</b>")]
        body += [record_line(acting, view) for view in facts.last]
    else:
        body += ["", t("No contact yet.")]
    return body


def _buttons(acting: Acting, facts: Profile) -> tuple[tuple[Button, ...], ...]:
    t, customer = acting.texts, facts.customer
    work = (
        (
            Button.start(t("📝 Log"), "log_visit", customer.id),
            Button.start(t("⏰ Plan"), "plan", customer.id),
        )
        if facts.may_work
        else ()
    )
    reach: list[Button] = []
    main = facts.main_contact
    if main is not None and main.phone:
        reach.append(
            Button.run(t("📞 {name}", name=main.name), "call", main.id)
            if facts.sees_numbers
            else Button.start(t("👁 Show number"), "reveal", main.id)
        )
    if customer.latitude is not None:
        reach.append(Button.run(t("🗺 Go there"), "navigate", customer.id))
    reach.append(Button.open(t("🔑 In charge"), "rights", customer.id))
    if acting.person.role in AUDIT_READERS:
        reach.append(Button.open(t("🧾 Audit"), "audit", "customer", customer.id))
    more = [
        Button.open(t("👥 Contacts ({n})", n=facts.contacts), "contacts", customer.id),
        Button.open(t("🕘 History ({n})", n=facts.activities), "history", customer.id, 0),
    ]
    if customer.credit_code:
        more.append(Button.copy(t("📋 Credit code"), customer.credit_code))
    return tuple(row for row in (work, tuple(reach), tuple(more)) if row)
