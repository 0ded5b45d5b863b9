"""What owners and leaders are told about customers that nobody touched for long."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core import bus, formats
from core.events import AppealRuled, RecyclingAppealed
from core.i18n import texts
from core.people import leader_of, person_by_id, staff_name
from core.recycling import due_for_leaders, propose
from core.screens import Button, Screen
from notifications.assignments import named, tell
from notifications.outbox import quiet_now
from storage.models import Assignment, Staff

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.acting import Acting, Person
    from storage.models import Recycling


async def propose_recycling(acting: Acting) -> int:
    """Propose what was untouched for too long, one message an owner; returns how many."""
    if quiet_now(acting):
        return 0
    proposals = await propose(acting)
    for owner_id, group in _by_owner(proposals).items():
        await tell(acting, owner_id, f"recycling:{group[0].id}", _warned(acting, group))
    return len(proposals)


async def ask_leaders(acting: Acting) -> int:
    """Have leaders rule on what its owner did not touch meanwhile; returns how many."""
    if quiet_now(acting):
        return 0
    due = await due_for_leaders(acting)
    for owner_id, group in _by_owner(due).items():
        owner = await person_by_id(owner_id)
        leader = await leader_of(owner) if owner is not None else None
        if owner is not None and leader is not None:
            await tell(acting, leader.id, f"recycle?:{group[0].id}", _to_rule(owner, group))
    return len(due)


def _by_owner(proposals: list[Recycling]) -> dict[int, list[Recycling]]:
    groups: dict[int, list[Recycling]] = {}
    for one in proposals:
        groups.setdefault(one.owner_id, []).append(one)
    return groups


def _warned(acting: Acting, group: list[Recycling]) -> Callable[[Person], Screen]:
    def made(told: Person) -> Screen:
        t = texts(told.locale)
        zone = ZoneInfo(told.zone)
        day = formats.day(
            group[0].leader_at.astimezone(zone).date(),
            told.locale,
            acting.now.astimezone(zone).date(),
        )
        text = t.plural(
            "🕸 Nobody was in touch with {names} for long. On {day} your leader decides whether"
            " it goes to the shared pool. A logged contact keeps it.",
            "🕸 Nobody was in touch with {n} customers for long: {names}. On {day} your leader"
            " decides whether they go to the shared pool. A logged contact keeps them.",
            len(group),
            names=named([one.customer for one in group], told.locale),
            day=day,
        )
        button = (
            Button.open(t("👤 Profile"), "profile", group[0].customer_id)
            if len(group) == 1
            else Button.open(t("Show all"), "untouched", 0)
        )
        return Screen(text, ((button,),), protected=True)

    return made


def _to_rule(owner: Person, group: list[Recycling]) -> Callable[[Person], Screen]:
    def made(told: Person) -> Screen:
        t = texts(told.locale)
        text = t.plural(
            "🕸 {owner} was not in touch with {names} for long. To the shared pool?",
            "🕸 {owner} was not in touch with {n} customers for long: {names}. To the shared pool?",
            len(group),
            owner=owner.name_zh if told.locale == "zh" else owner.name_en,
            names=named([one.customer for one in group], told.locale),
        )
        if len(group) > 1:
            return Screen(text, ((Button.open(t("One by one"), "untouched", 0),),))
        one = group[0]
        return Screen(
            text,
            (
                (
                    Button.run(t("♻️ To the pool"), "recycle", one.id, "recycle"),
                    Button.run(t("Keep"), "recycle", one.id, "keep"),
                ),
                (Button.open(t("👤 Profile"), "profile", one.customer_id),),
            ),
            protected=True,
        )

    return made


async def tell_leader_of_appeal(acting: Acting, event: RecyclingAppealed) -> None:
    """The leader reads why, and rules by a tap."""
    found = await Assignment.get(id=event.assignment).select_related("customer", "from_staff")
    owner = await person_by_id(found.from_staff_id or 0)
    leader = await leader_of(owner) if owner is not None else None

    def made(told: Person) -> Screen:
        t = texts(told.locale)
        text = t(
            "🙋 {who} objects to the recycling of {names}: {note}",
            who=staff_name(found.from_staff, told.locale),
            names=named([found.customer], told.locale),
            note=found.appeal,
        )
        return Screen(
            text,
            (
                (
                    Button.run(t("Give back"), "appeal", found.id, "uphold"),
                    Button.run(t("Leave in the pool"), "appeal", found.id, "reject"),
                ),
            ),
            protected=True,
        )

    if leader is not None:
        await tell(acting, leader.id, f"{acting.cause}:appeal:{found.id}", made)


async def tell_appellant(acting: Acting, event: AppealRuled) -> None:
    """The old owner hears the ruling."""
    found = await Assignment.get(id=event.assignment).select_related("customer")
    ruled_by = await Staff.get_or_none(id=acting.person.id)

    def made(told: Person) -> Screen:
        t = texts(told.locale)
        names, who = named([found.customer], told.locale), staff_name(ruled_by, told.locale)
        if found.ruling == "upheld":
            profile = Button.open(t("👤 Profile"), "profile", found.customer_id)
            return Screen(t("✅ {who} gave {names} back to you.", who=who, names=names),
                          ((profile,),), protected=True)  # fmt: skip
        return Screen(t("✕ {who} leaves {names} in the shared pool.", who=who, names=names))

    await tell(acting, found.from_staff_id, f"{acting.cause}:ruled:{found.id}", made)


def subscribe_all() -> None:
    """Have every rule of this file hear its event."""
    bus.subscribe(RecyclingAppealed, tell_leader_of_appeal)
    bus.subscribe(AppealRuled, tell_appellant)
