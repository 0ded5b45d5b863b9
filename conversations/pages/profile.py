"""The profile page: the five things that are needed at the door, on one screen.

Whom to ask for, what was promised, what they hold and could use, what changed, what to beware of.
Everything else stands behind one of its buttons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, due_line, lines, moment, record_line
from conversations.words import whole
from core import customers, formats
from core import profile as read
from core.audit_reading import AUDIT_READERS
from core.facts.sections import SECTIONS, THEMES
from core.facts.vocabulary import HELD_PRODUCTS
from core.promise_line import promise_line
from core.rules.access import OWN, leads_anybody
from core.screens import Button, Screen
from core.vocabulary import CONTACT_ROLES, INDUSTRIES, SIZES, STATUSES

if TYPE_CHECKING:
    from core.acting import Acting
    from core.door import Door
    from core.facts.trail import ChangeView
    from core.profile import Profile

#: more than these fit no line
HELD_SHOWN = 4
CAUTIONS_SHOWN = 3
LAST_SHOWN = 2
PROMISES_SHOWN = 2


async def profile(acting: Acting, customer_id: str) -> Screen:
    """The profile of a customer."""
    facts = await read.profile(acting, whole(customer_id))
    return Screen(lines(*_body(acting, facts)), _buttons(acting, facts), protected=True)


def _body(acting: Acting, facts: Profile) -> list[Markup | str | None]:
    t = acting.texts
    return [
        *_head(acting, facts),
        _whom(acting, facts),
        t("⏰ Next: {step}", step=due_line(acting, facts.next_follow_up, named=False))
        if facts.next_follow_up is not None
        else t("⏰ No next step planned"),
        *(promise_line(acting, one) for one in facts.promises[:PROMISES_SHOWN]),
        *_with_us(acting, facts.door),
        *_cautions(acting, facts.door),
        *_news(acting, facts.door),
        _known(acting, facts),
        *_last(acting, facts),
    ]


def _head(acting: Acting, facts: Profile) -> list[Markup]:
    t, customer = acting.texts, facts.customer
    owner = t("In charge: {owner}", owner=facts.owner) if facts.owner else t("In the shared pool")
    return [
        Markup("<b>{}</b> · {}").format(facts.name, t("grade {grade}", grade=customer.grade)),
        dotted(
            t(INDUSTRIES[customer.industry]) if customer.industry in INDUSTRIES else "",
            customers.city_of(customer, acting.locale),
            t(SIZES.get(customer.size, customer.size)),
            t(STATUSES.get(customer.status, customer.status)),
        ),
        owner,
    ]


def _whom(acting: Acting, facts: Profile) -> Markup | None:
    main, t = facts.main_contact, acting.texts
    if main is None:
        return None
    who = dotted(main.title, t(CONTACT_ROLES[main.role]) if main.role in CONTACT_ROLES else "")
    return Markup("👤 <b>{}</b> {}").format(main.name, who)


def _with_us(acting: Acting, door: Door) -> list[Markup]:
    """What they hold, how much of it, and what they could use."""
    t = acting.texts
    said = []
    if door.holds:
        labels = [t(HELD_PRODUCTS.get(code, code)) for code in door.holds[:HELD_SHOWN]]
        more = len(door.holds) - len(labels)
        said.append(
            Markup("🧺 {}{}").format(
                Markup(", ").join(labels), Markup(" +{}").format(more) if more else ""
            )
        )
    money = _money(acting, door)
    if money:
        said.append(Markup("💰 {}").format(money))
    if door.could_use is not None:
        product = t(HELD_PRODUCTS[door.could_use])
        said.append(t("💡 Could use: {product}", product=product))
    return said


def _money(acting: Acting, door: Door) -> Markup:
    t, locale = acting.texts, acting.locale
    deposits = credit = None
    if door.balance_fen is not None:
        deposits = t("deposits {amount}", amount=formats.rounded(door.balance_fen, locale))
    if door.limit_fen:
        credit = t(
            "credit {drawn} of {limit}",
            drawn=formats.rounded(door.drawn_fen, locale),
            limit=formats.rounded(door.limit_fen, locale),
        )
    day = Markup("<i>({})</i>").format(door.balance_as_of) if door.balance_as_of else None
    said = dotted(deposits, credit)
    return Markup(" ").join(part for part in (said, day) if part) if said else Markup()


def _cautions(acting: Acting, door: Door) -> list[Markup]:
    shown = door.cautions[:CAUTIONS_SHOWN]
    more = len(door.cautions) - len(shown)
    said = [Markup("⚠️ {}").format(acting.texts.of(one.text(acting.locale))) for one in shown]
    return [*said, acting.texts("⚠️ and {n} more", n=more)] if more else said


def _news(acting: Acting, door: Door) -> list[Markup]:
    t = acting.texts
    if door.looked is None:
        return []
    since = moment(acting, door.looked, all_day=True)
    if not door.changes:
        return [t("🆕 Nothing new since {day}", day=since)]
    head = t.plural("🆕 {n} change since {day}", "🆕 {n} changes since {day}", door.changes,
                    day=since)  # fmt: skip
    return [head, *(_change(acting, one) for one in door.news)]


def _change(acting: Acting, one: ChangeView) -> Markup:
    what = Markup("{} ").format(acting.texts.of(one.field)) if one.field is not None else Markup()
    return Markup(" · {}{} → {}").format(what, one.was or "—", one.now or "—")


def _known(acting: Acting, facts: Profile) -> Markup | None:
    """How much is known, and what is worth asking for at the door."""
    if facts.known is None or facts.known.next is None:
        return None
    section = SECTIONS[facts.known.next.section]
    return acting.texts(
        "🧩 {percent}% known; ask: {question}",
        percent=facts.known.percent,
        question=acting.texts(section.asks),
    )


def _last(acting: Acting, facts: Profile) -> list[Markup | str]:
    t = acting.texts
    if not facts.last:
        return ["", t("No contact yet.")]
    shown = facts.last[:LAST_SHOWN]
    return ["", t("<b>Last contacts</b>"), *(record_line(acting, view) for view in shown)]


def _buttons(acting: Acting, facts: Profile) -> tuple[tuple[Button, ...], ...]:
    t, customer = acting.texts, facts.customer
    work: list[Button] = []
    if facts.may_work:
        work += [
            Button.start(t("📝 Log"), "log_visit", customer.id),
            Button.start(t("⏰ Plan"), "plan", customer.id),
        ]
        owner = customer.owner if customer.owner_id is not None else None
        if owner is not None and owner.role in OWN and leads_anybody(acting.person):
            work.append(Button.start(t("📌 For…"), "plan_for", owner.id, customer.id))
    if acting.person.role in AUDIT_READERS:
        work.append(Button.open(t("🧾 Audit"), "audit", "customer", customer.id))
    main = facts.main_contact
    if main is not None and main.phone:
        work.append(
            Button.run(t("📞 {name}", name=main.name), "call", main.id)
            if facts.sees_numbers
            else Button.start(t("👁 Show number"), "reveal", main.id)
        )
    themes = [
        Button.open(f"{icon} {t(label)}", "sections", name, customer.id)
        for name, (icon, label, _) in THEMES.items()
    ]
    themes.append(Button.open(t("📎 Files"), "documents", customer.id))
    more = [
        Button.open(t("👥 Contacts"), "contacts", customer.id),
        Button.open(t("🕘 History"), "history", customer.id, 0),
    ]
    if facts.promises:
        count = len(facts.promises)
        more.append(Button.open(t("🤝 {n}", n=count), "promises", customer.id, 0))
    if customer.latitude is not None:
        more.append(Button.run(t("🗺 Go there"), "navigate", customer.id))
    return tuple(row for row in (tuple(work), tuple(themes), tuple(more)) if row)
