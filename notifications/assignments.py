"""Who hears of it when customers change hands: who gets them, who had them, who gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import bus
from core.customers import short_name_of
from core.events import AssignmentAnswered, CollaborationChanged, CustomersMoved
from core.i18n import texts
from core.people import leader_of, person_by_id, staff_name, substitutes_of
from core.screens import Button, Screen
from core.vocabulary import COLLABORATION, POOL_REASONS, REASSIGN_REASONS
from notifications.outbox import alert, quiet_now
from storage import deliveries
from storage.models import Assignment, Collaboration, Customer, Staff

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.acting import Acting, Person
    from core.i18n import Texts

#: how many customers a notice names
NAMED = 3
_COMMA = {"zh": Markup("、"), "en": Markup(", ")}
BATCH = 50


async def tell(
    acting: Acting, staff_id: int | None, cause: str, made: Callable[[Person], Screen]
) -> None:
    """Tell a colleague, or who does the work meanwhile; nobody of what they did themselves."""
    person = await person_by_id(staff_id) if staff_id else None
    if person is None:
        return
    away = await substitutes_of([person.id], acting.now)
    for told in away.get(person.id, [person]):
        if told.id != acting.person.id:
            await alert(acting, told, made(told), cause=f"{cause}:{told.id}")


def named(customers: Sequence[Customer], locale: str) -> Markup:
    """Huaxing Machinery, Brightway Logistics, … — the first few in a language."""
    names = [Markup("<b>{}</b>").format(short_name_of(one, locale)) for one in customers[:NAMED]]
    joined = _COMMA["zh" if locale == "zh" else "en"].join(names)
    return joined + "…" if len(customers) > NAMED else joined


def reason_of(t: Texts, assignment: Assignment) -> Markup:
    """Why it changed hands, in a language, with the note."""
    label = (REASSIGN_REASONS | POOL_REASONS).get(assignment.reason)
    said = t(label) if label else Markup()
    note = Markup().join([assignment.note]) if assignment.note else Markup()
    return Markup(": ").join(part for part in (said, note) if part)


async def tell_new_and_old_owner(acting: Acting, event: CustomersMoved) -> None:
    """Who gets them sees how many, from whom and why, and accepts; who had them hears of it."""
    await deliveries.cancel_unsent_of(
        [f"follow_up:{one}" for one in (*event.follow_ups, *event.left_out)]
    )
    customers = await Customer.filter(id__in=event.customers).order_by("grade", "id")
    first = await Assignment.get(id=event.assignments[0])
    old = await Staff.get_or_none(id=event.from_staff) if event.from_staff else None
    new = await Staff.get_or_none(id=event.to_staff) if event.to_staff else None
    if event.kind != "claim":
        await tell(
            acting, event.to_staff, f"{acting.cause}:moved:{first.id}",
            lambda told: _received(told, event, customers, first, old),
        )  # fmt: skip
    if event.kind != "restore":
        await tell(
            acting, event.from_staff, f"{acting.cause}:gone:{first.id}",
            lambda told: _gone(told, event, customers, first, new),
        )  # fmt: skip


async def tell_collaborators(acting: Acting, event: CustomersMoved) -> None:
    """Who helps with a customer hears who is in charge of it now."""
    running = await Collaboration.filter(
        customer_id__in=event.customers, ended_at=None
    ).select_related("customer")  # fmt: skip
    first = await Assignment.get(id=event.assignments[0])
    new = await Staff.get_or_none(id=event.to_staff) if event.to_staff else None
    helped: dict[int, list[Customer]] = {}
    for one in running:
        if one.staff_id not in {event.from_staff, event.to_staff}:
            helped.setdefault(one.staff_id, []).append(one.customer)
    for staff_id, customers in helped.items():
        await tell(acting, staff_id, f"{acting.cause}:moved:{first.id}", _helped(customers, new))


def _helped(customers: list[Customer], new: Staff | None) -> Callable[[Person], Screen]:
    def made(told: Person) -> Screen:
        return Screen(_where(told, customers, new), protected=True)

    return made


def _received(
    told: Person,
    event: CustomersMoved,
    customers: Sequence[Customer],
    first: Assignment,
    old: Staff | None,
) -> Screen:
    t = texts(told.locale)
    source = staff_name(old, told.locale) if old else t("the shared pool")
    body = [
        t.plural(
            "📥 {names} is yours now, from {source}.",
            "📥 {n} customers are yours now, from {source}: {names}",
            len(customers),
            names=named(customers, told.locale),
            source=source,
        ),
        reason_of(t, first),
    ]
    if event.follow_ups:
        body.append(
            t.plural(
                "⏰ {n} open follow-up came along.",
                "⏰ {n} open follow-ups came along.",
                len(event.follow_ups),
            )
        )
    pack = Button.open(t("📋 Hand-over pack"), "pack", first.id, 0)
    rows: tuple[tuple[Button, ...], ...] = ((pack,),)
    if first.accept_by is not None:
        accept = Button.run(t("✅ Accept"), "accept", first.id)
        decline = (
            (Button.start(t("Can't take it…"), "decline", first.id),)
            if len(customers) == 1
            else ()
        )
        rows = ((accept, *decline), (pack,))
    return Screen(Markup("\n").join(part for part in body if part), rows, protected=True)


def _gone(
    told: Person,
    event: CustomersMoved,
    customers: Sequence[Customer],
    first: Assignment,
    new: Staff | None,
) -> Screen:
    t = texts(told.locale)
    what = _where(told, customers, new)
    rows: tuple[tuple[Button, ...], ...] = ()
    if event.kind == "recycle":
        rows = ((Button.start(t("Object…"), "appeal", first.id),),)
    why = reason_of(t, first)
    return Screen(Markup("\n").join(part for part in (what, why) if part), rows, protected=True)


def _where(told: Person, customers: Sequence[Customer], new: Staff | None) -> Markup:
    t = texts(told.locale)
    count, names = len(customers), named(customers, told.locale)
    if new is None:
        return t.plural(
            "♻️ {names} went to the shared pool.",
            "♻️ {n} customers went to the shared pool: {names}",
            count,
            names=names,
        )
    return t.plural(
        "📤 {names} is now with {owner}.",
        "📤 {n} customers are now with {owner}: {names}",
        count,
        names=names,
        owner=staff_name(new, told.locale),
    )


async def tell_giver(acting: Acting, event: AssignmentAnswered) -> None:
    """Whoever gave the customers hears whether they were accepted."""
    found = await Assignment.filter(id__in=event.assignments).order_by("id").select_related(
        "customer", "to_staff"
    )  # fmt: skip
    first = found[0]
    customers = [one.customer for one in found]

    def answered(told: Person) -> Screen:
        t = texts(told.locale)
        who, names = staff_name(first.to_staff, told.locale), named(customers, told.locale)
        if event.accepted:
            text = t.plural(
                "✅ {who} accepted {names}.",
                "✅ {who} accepted {n} customers: {names}",
                len(customers),
                who=who,
                names=names,
            )
            return Screen(text, protected=True)
        text = t("✋ {who} can't take {names}: {note}", who=who, names=names, note=event.note)
        again = Button.start(t("Give to…"), "reassign", first.customer_id)
        return Screen(text, ((again,),), protected=True)

    await tell(acting, first.by_id, f"{acting.cause}:answered:{first.id}", answered)


async def tell_collaborator(acting: Acting, event: CollaborationChanged) -> None:
    """The colleague hears what they may do with which customer, or no longer."""
    found = await Collaboration.get(id=event.collaboration).select_related("customer")

    def changed(told: Person) -> Screen:
        t = texts(told.locale)
        name = Markup("<b>{}</b>").format(short_name_of(found.customer, told.locale))
        by = acting.person.name_zh if told.locale == "zh" else acting.person.name_en
        if event.ended:
            return Screen(t("🤝 {by} ended the sharing of {name}.", by=by, name=name))
        text = t("🤝 {by} shares {name} with you: {level}", by=by, name=name,
                 level=t(COLLABORATION[found.level]))  # fmt: skip
        profile = Button.open(t("👤 Profile"), "profile", found.customer_id)
        return Screen(text, ((profile,),), protected=True)

    await tell(acting, found.staff_id, f"{acting.cause}:shared:{found.id}", changed)


async def tell_unaccepted(acting: Acting) -> int:
    """Tell whoever gave them what was not accepted in time; returns how many that was."""
    if quiet_now(acting):
        return 0
    late = (
        await Assignment.filter(
            accept_by__lte=acting.now, accepted_at=None, declined_at=None, late_told_at=None
        )
        .order_by("by_id", "to_staff_id", "id")
        .limit(BATCH)
        .select_related("customer", "to_staff")
    )
    groups: dict[tuple[int | None, int | None], list[Assignment]] = {}
    for one in late:
        if one.customer.owner_id == one.to_staff_id:
            groups.setdefault((one.by_id, one.to_staff_id), []).append(one)
    for (by_id, to_id), group in groups.items():
        receiver = await person_by_id(to_id) if to_id else None
        leader = await leader_of(receiver) if receiver else None
        told_id = by_id or (leader.id if leader else None)
        await tell(acting, told_id, f"unaccepted:{group[0].id}", _late(group))
    await Assignment.filter(id__in=[one.id for one in late] or [0]).update(late_told_at=acting.now)
    return len(late)


def _late(group: list[Assignment]) -> Callable[[Person], Screen]:
    def made(told: Person) -> Screen:
        t = texts(told.locale)
        first = group[0]
        text = t.plural(
            "⏳ {who} has not accepted {names} yet.",
            "⏳ {who} has not accepted {n} customers yet: {names}",
            len(group),
            who=staff_name(first.to_staff, told.locale),
            names=named([one.customer for one in group], told.locale),
        )
        button = (
            Button.start(t("Give to…"), "reassign", first.customer_id)
            if len(group) == 1
            else Button.open(t("Open"), "member", first.to_staff_id or 0)
        )
        return Screen(text, ((button,),), protected=True)

    return made


def subscribe_all() -> None:
    """Have every rule of this file hear its event."""
    bus.subscribe(CustomersMoved, tell_new_and_old_owner)
    bus.subscribe(CustomersMoved, tell_collaborators)
    bus.subscribe(AssignmentAnswered, tell_giver)
    bus.subscribe(CollaborationChanged, tell_collaborator)
