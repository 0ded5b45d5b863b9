"""People change: roles, units, leaving, coming back, a lost phone; and every refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import team
from core.acting import Acting
from core.bus import perform
from core.collaborations import ShareCustomer
from core.enrolment import SYSTEM, InviteStaff
from core.errors import Conflict, Invalid, NotAllowed, NotFound, Refused, StillKeeps
from core.follow_ups import PlanFollowUp
from core.people import person_by_chat
from core.staff import (
    ActivateStaff,
    ChangeRole,
    DeactivateStaff,
    MoveStaff,
    RevokePhone,
)
from core.stand_ins import AddStandIn, EndStandIn
from core.tokens import CreateToken
from notifications import rules
from storage import deliveries
from storage.models import (
    ApiToken,
    Audit,
    Customer,
    FollowUp,
    Invitation,
    Outbox,
    Staff,
    StandIn,
    Talk,
)
from storage.queues import millis
from tests.support.bank import MONDAY, Bank, build_bank
from tests.support.rows import fingerprint

NOW = millis(MONDAY)
ADMIN, LI, CHEN, WANG, ZHAO, FENG = "1008", "1001", "1002", "1003", "1004", "1009"


@pytest.fixture
async def bank(database: str) -> Bank:
    rules.subscribe_all()
    return await build_bank()


async def does(bank: Bank, number: str, command: object) -> Acting:
    acting = await bank.acting(number)
    await perform(acting, command, f"test:{number}:{command}")
    return acting


async def told(chat: int) -> str:
    found = await Outbox.filter(chat_id=chat, status="pending").order_by("id")
    return "\n".join(row.content for row in found)


async def test_a_role_is_changed_with_a_line_in_the_audit_and_the_person_is_told(
    bank: Bank,
) -> None:
    await does(bank, ADMIN, ChangeRole(bank.staff[LI], "team_leader"))
    assert (await Staff.get(number=LI)).role == "team_leader"
    line = await Audit.get(action="change_role")
    assert (line.subject_id, line.detail) == (
        bank.staff[LI], {"role": {"from": "rm", "to": "team_leader"}},
    )  # fmt: skip
    assert line.actor_id == bank.staff[ADMIN]
    assert "团队主管" in await told(101)


async def test_the_same_role_again_changes_nothing(bank: Bank) -> None:
    before = await fingerprint()
    await does(bank, ADMIN, ChangeRole(bank.staff[LI], "rm"))
    assert await fingerprint() == before


async def test_who_moves_takes_the_customers_along_and_both_leaders_hear(bank: Bank) -> None:
    others = await Customer.exclude(owner_id=bank.staff[LI]).values_list("id", "unit_id")
    await does(bank, ADMIN, MoveStaff(bank.staff[LI], bank.units["team_b"]))
    assert (await Staff.get(number=LI)).unit_id == bank.units["team_b"]
    moved = await Customer.filter(owner_id=bank.staff[LI])
    assert {customer.unit_id for customer in moved} == {bank.units["team_b"]}
    assert await Customer.exclude(owner_id=bank.staff[LI]).values_list("id", "unit_id") == others
    change = {
        "unit": {
            "from": f"team_a #{bank.units['team_a']}", "to": f"team_b #{bank.units['team_b']}",
        }
    }  # fmt: skip
    assert (await Audit.get(action="move", subject="staff")).detail == {**change, "customers": 4}
    lines = await Audit.filter(action="move", subject="customer")
    assert {line.subject_id for line in lines} == {customer.id for customer in moved}
    assert all(line.detail == change for line in lines)
    assert "team_b" in await told(101)
    assert "李伟" in await told(103)
    assert "李伟" in await told(105)


async def test_who_keeps_customers_does_not_leave_unless_told_to_leave_them(bank: Bank) -> None:
    before = await fingerprint()
    with pytest.raises(StillKeeps) as refused:
        await does(bank, ADMIN, DeactivateStaff(bank.staff[LI]))
    assert refused.value.fields == {"n": 4}
    with pytest.raises(StillKeeps):
        await does(bank, ADMIN, ChangeRole(bank.staff[LI], "auditor"))
    assert await fingerprint() == before
    await does(bank, ADMIN, DeactivateStaff(bank.staff[LI], leave_customers=True))
    li = await Staff.get(number=LI)
    assert (li.active, li.chat_id) == (False, None)
    assert await Customer.filter(owner_id=li.id).count() == 4
    assert (await Audit.get(action="deactivate")).detail["customers"] == 4
    assert "李伟" in await told(103)
    assert await person_by_chat(101, MONDAY) is None


async def test_what_was_shared_with_who_leaves_and_their_tokens_end(bank: Bank) -> None:
    await does(bank, LI, ShareCustomer(bank.customers["C001"], bank.staff["1011"], "write"))
    await does(bank, ADMIN, CreateToken("1011", "ledger", ("customers:read",)))
    helper = await bank.acting("1011")
    due = MONDAY + timedelta(hours=5)
    await perform(helper, PlanFollowUp(bank.customers["C001"], due), "helper")
    await does(bank, ADMIN, DeactivateStaff(bank.staff["1011"]))
    await does(bank, ADMIN, ActivateStaff(bank.staff["1011"]))
    assert (await bank.acting("1011")).person.shared_write == ()
    assert (await ApiToken.get()).revoked_at == MONDAY
    assert (await FollowUp.get()).owner_id == bank.staff[LI]
    ended = {line.action for line in await Audit.filter(subject__in=("customer", "token"))}
    assert {"unshare", "revoke"} <= ended


async def test_a_leader_finds_who_left_while_customers_wait(bank: Bank) -> None:
    await does(bank, ADMIN, DeactivateStaff(bank.staff[FENG], leave_customers=True))
    await does(bank, ADMIN, DeactivateStaff(bank.staff["1011"]))
    wang = await bank.acting(WANG)
    assert (await team.member(wang, bank.staff[FENG])).load.customers == 1
    with pytest.raises(NotFound):
        await team.member(wang, bank.staff["1011"])


async def test_who_left_can_come_back_and_be_invited(bank: Bank) -> None:
    await does(bank, ADMIN, DeactivateStaff(bank.staff["1011"]))
    with pytest.raises(NotFound):
        await does(bank, ADMIN, InviteStaff("1011"))
    await does(bank, ADMIN, ActivateStaff(bank.staff["1011"]))
    assert (await Audit.get(action="activate")).detail == {"active": {"from": False, "to": True}}
    await does(bank, ADMIN, InviteStaff("1011"))


async def test_a_lost_phone_gets_nothing_more_and_its_dialogues_end(bank: Bank) -> None:
    for number, status in enumerate(("open", "parked", "expired", "done")):
        await Talk.create(
            lane="c:101", staff_id=bank.staff[LI], flow="plan", version=1, status=status,
            cause=f"u:{number}", started_at=NOW, touched_at=NOW, expires_at=NOW,
        )  # fmt: skip
    for number, priority in enumerate((deliveries.REPLY, deliveries.ALERT)):
        await deliveries.put_outbox(
            cause=f"x{number}", chat_id=101, op="post", content="{}", now=NOW, priority=priority,
            not_before=NOW + priority * 1000,
        )  # fmt: skip
    await deliveries.put_outbox(cause="other", chat_id=102, op="post", content="{}", now=NOW)
    await Outbox.filter(cause="x1").update(status="dead")
    await does(bank, ADMIN, InviteStaff(LI))
    await does(bank, ADMIN, RevokePhone(bank.staff[LI]))
    li = await Staff.get(number=LI)
    assert (li.active, li.chat_id, li.enrolled_at) == (True, None, None)
    statuses = await Talk.all().order_by("id").values_list("status", flat=True)
    assert list(statuses) == ["cancelled", "cancelled", "cancelled", "done"]
    assert {row.status for row in await Outbox.filter(chat_id=101)} == {"cancelled"}
    assert (await Outbox.get(cause="other")).status == "pending"
    assert (await Invitation.get()).revoked_at == MONDAY
    assert (await Audit.get(action="revoke_phone")).subject_id == li.id
    assert await deliveries.claim_chat(101, "s", NOW + 10**6, NOW + 2 * 10**6) is None
    assert "李伟" in await told(103)


async def test_what_stood_in_for_a_person_who_leaves_or_changes_ends(bank: Bank) -> None:
    until = MONDAY + timedelta(days=3)
    await does(bank, ADMIN, AddStandIn(bank.staff[CHEN], bank.staff["1011"], MONDAY, until))
    await does(bank, ADMIN, AddStandIn(bank.staff[WANG], bank.staff["1011"], MONDAY, until))
    await does(bank, ADMIN, ChangeRole(bank.staff[WANG], "head_office"))
    assert [one.ended_at is None for one in await StandIn.all().order_by("id")] == [True, False]
    await does(bank, ADMIN, DeactivateStaff(bank.staff["1011"]))
    assert not await StandIn.filter(ended_at=None).exists()


@pytest.mark.parametrize("number", [LI, WANG, "1006", "1007", FENG, "1010"])
async def test_administrators_only_change_people(bank: Bank, number: str) -> None:
    target = bank.staff["1011"]
    before = await fingerprint()
    for command in (
        ChangeRole(target, "auditor"), MoveStaff(target, bank.units["team_b"]),
        DeactivateStaff(target), ActivateStaff(target), RevokePhone(target),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            await does(bank, number, command)
    assert await fingerprint() == before


async def test_what_can_not_be_is_refused_and_leaves_no_trace(bank: Bank) -> None:
    admin, li = bank.staff[ADMIN], bank.staff[LI]
    refusals: list[tuple[object, type[Refused]]] = [
        (ChangeRole(404, "rm"), NotFound),
        (ChangeRole(li, "king"), Invalid),
        (ChangeRole(admin, "rm"), Conflict),
        (MoveStaff(404, bank.units["head"]), NotFound),
        (MoveStaff(li, 404), NotFound),
        (DeactivateStaff(404), NotFound),
        (DeactivateStaff(admin), Conflict),
        (ActivateStaff(404), NotFound),
        (RevokePhone(404), NotFound),
        (RevokePhone(admin), Conflict),
    ]
    before = await fingerprint()
    for command, kind in refusals:
        with pytest.raises(kind):
            await does(bank, ADMIN, command)
    for command in (ChangeRole(admin, "rm"), DeactivateStaff(admin)):
        with pytest.raises(Conflict):
            await perform(Acting(SYSTEM, MONDAY, "cli"), command, "cli")
    assert await fingerprint() == before


def span(first: float, last: float) -> tuple[object, object]:
    return MONDAY + timedelta(days=first), MONDAY + timedelta(days=last)


async def test_a_stand_in_is_arranged_told_and_ended(bank: Bank) -> None:
    li, chen = bank.staff[LI], bank.staff[CHEN]
    await does(bank, LI, AddStandIn(li, chen, *span(0, 3)))  # type: ignore[arg-type]
    made = await StandIn.get()
    assert (made.absent_id, made.substitute_id, made.created_by_id) == (li, chen, li)
    assert (await Audit.get(action="stand_in")).detail["substitute"] == chen
    assert "李伟" in await told(102)
    assert "陈静为李伟代班" in await told(103)
    assert not await told(101)
    assert (await bank.acting(CHEN)).person.keeps == (chen, li)
    await does(bank, CHEN, EndStandIn(made.id))
    assert (await StandIn.get()).ended_at == MONDAY
    assert "已结束" in await told(101)
    assert (await bank.acting(CHEN)).person.keeps == (chen,)


@pytest.mark.parametrize("number", [LI, WANG, "1006", "1007", ADMIN])
async def test_oneself_leaders_above_and_administrators_arrange_it(
    bank: Bank, number: str
) -> None:
    command = AddStandIn(bank.staff[LI], bank.staff[CHEN], *span(1, 2))  # type: ignore[arg-type]
    await does(bank, number, command)
    await does(bank, number, EndStandIn((await StandIn.get()).id))


@pytest.mark.parametrize("number", [CHEN, ZHAO, "1005", FENG, "1010"])
async def test_nobody_else_arranges_or_ends_it(bank: Bank, number: str) -> None:
    li, feng = bank.staff[LI], bank.staff["1011"]
    await does(bank, LI, AddStandIn(li, feng, *span(0, 2)))  # type: ignore[arg-type]
    made = await StandIn.get()
    before = await fingerprint()
    with pytest.raises(NotAllowed):
        await does(bank, number, AddStandIn(li, bank.staff[FENG], *span(4, 5)))  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        await does(bank, number, EndStandIn(made.id))
    assert await fingerprint() == before


async def test_stand_ins_that_can_not_be_are_refused_and_leave_no_trace(bank: Bank) -> None:
    staff = bank.staff
    await Staff.filter(number="1011").update(active=False)
    await does(bank, ADMIN, AddStandIn(staff[LI], staff[CHEN], *span(2, 4)))  # type: ignore[arg-type]
    await does(bank, ADMIN, AddStandIn(staff[FENG], staff[CHEN], *span(6, 7)))  # type: ignore[arg-type]
    over = await StandIn.get(absent_id=staff[FENG])
    await does(bank, ADMIN, EndStandIn(over.id))
    refusals: list[tuple[str, str, str, tuple[object, object], type[Refused]]] = [
        (ADMIN, LI, LI, span(5, 6), Conflict),
        (ADMIN, LI, "1007", span(5, 6), Conflict),  # head office stands in for nobody
        (ADMIN, "1007", CHEN, span(5, 6), Conflict),  # and nobody for it
        (ADMIN, LI, "1011", span(5, 6), NotFound),  # has left
        (ADMIN, "1011", LI, span(5, 6), NotFound),
        (LI, LI, ZHAO, span(5, 6), Conflict),  # another branch
        (ADMIN, LI, FENG, span(3, 5), Conflict),  # overlaps
        (ADMIN, LI, FENG, span(1, 3), Conflict),
        (ADMIN, LI, FENG, span(2.5, 3), Conflict),
        (ADMIN, LI, FENG, span(1, 5), Conflict),
        (ADMIN, CHEN, LI, span(3, 5), Conflict),  # is away then
        (ADMIN, FENG, CHEN, span(2, 2), Invalid),
        (ADMIN, FENG, CHEN, span(3, 2), Invalid),
        (ADMIN, FENG, CHEN, span(-0.9, -0.1), Invalid),
        (ADMIN, FENG, CHEN, span(-3, 2), Invalid),
        (ADMIN, FENG, CHEN, span(0, 400), Invalid),
    ]
    before = await fingerprint()
    for by, absent, substitute, time, kind in refusals:
        with pytest.raises(kind):
            await does(bank, by, AddStandIn(staff[absent], staff[substitute], *time))  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        await does(bank, ADMIN, EndStandIn(over.id))
    with pytest.raises(NotFound):
        await does(bank, ADMIN, EndStandIn(404))
    assert await fingerprint() == before
    # one after the other is no overlap
    await does(bank, ADMIN, AddStandIn(staff[LI], staff[FENG], *span(4, 5)))  # type: ignore[arg-type]
