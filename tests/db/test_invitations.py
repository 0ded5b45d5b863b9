"""The door: single-use codes, the own number, refusals that are counted and slow down guessing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core import enrolment
from core.acting import Acting
from core.bus import perform
from core.enrolment import SYSTEM, EnrolmentRefused, InviteStaff, RevokeInvitations
from core.errors import Conflict, NotAllowed, NotFound
from core.events import StaffEnrolled, StaffInvited
from storage.models import Audit, EnrolAttempt, Invitation, Staff
from tests.support.bank import MONDAY, Bank, build_bank

CHAT = 555
PHONE = "8613800001011"


@pytest.fixture
async def bank(database: str) -> Bank:
    return await build_bank()


async def invite(bank: Bank, number: str = "1011", now: datetime = MONDAY) -> str:
    acting = await bank.acting("1008", now)
    await perform(acting, InviteStaff(number), f"invite:{number}:{now}")
    return next(event.code for event in acting.events if isinstance(event, StaffInvited))


async def refusal(chat: int, code: str, now: datetime = MONDAY) -> str:
    """The reason for which a code is refused, counted as the door counts it."""
    with pytest.raises(EnrolmentRefused) as refused:
        await enrolment.open_invitation(chat, code, now)
    await enrolment.count_refusal(chat, refused.value.reason, now)
    return refused.value.reason


async def test_a_code_and_the_own_number_open_the_door_once(bank: Bank) -> None:
    code = await invite(bank)
    await enrolment.open_invitation(CHAT, code, MONDAY)
    acting = await enrolment.enrol(
        CHAT, f"+{PHONE}", own=True, locale="zh", now=MONDAY, cause="u:1"
    )
    staff = await Staff.get(number="1011")
    assert (staff.chat_id, staff.enrolled_at) == (CHAT, MONDAY)
    assert acting.person.number == "1011"
    assert acting.events == [StaffEnrolled(staff.id, CHAT)]
    assert (await Audit.get(action="enrol")).actor_id == staff.id
    assert await refusal(CHAT + 1, code) == "used_code"
    with pytest.raises(EnrolmentRefused):
        await enrolment.enrol(CHAT, PHONE, own=True, locale="zh", now=MONDAY, cause="u:2")


async def test_the_code_is_kept_as_a_hash_and_nowhere_else(bank: Bank) -> None:
    code = await invite(bank)
    assert len(code) >= 24
    kept = await Invitation.get()
    assert code not in repr(dict(kept))
    assert all(code not in repr(line.detail) for line in await Audit.all())


async def test_a_new_code_takes_the_old_one_back(bank: Bank) -> None:
    first = await invite(bank)
    second = await invite(bank, now=MONDAY + timedelta(minutes=1))
    assert await refusal(CHAT, first) == "wrong_code"
    await enrolment.open_invitation(CHAT, second, MONDAY + timedelta(minutes=1))
    acting = await bank.acting("1008")
    assert await perform(acting, RevokeInvitations("1011"), "revoke") == 1
    with pytest.raises(EnrolmentRefused):
        await enrolment.enrol(CHAT, PHONE, own=True, locale="zh", now=MONDAY, cause="u:1")


async def test_a_code_that_one_chat_has_shown_is_no_good_to_another(bank: Bank) -> None:
    code = await invite(bank)
    await enrolment.open_invitation(CHAT, code, MONDAY)
    await enrolment.open_invitation(CHAT, code, MONDAY)
    assert await refusal(CHAT + 1, code) == "used_code"
    with pytest.raises(EnrolmentRefused):
        await enrolment.enrol(CHAT + 1, PHONE, own=True, locale="zh", now=MONDAY, cause="u:1")
    assert (await Staff.get(number="1011")).chat_id is None


async def test_codes_expire_after_three_days(bank: Bank) -> None:
    code = await invite(bank)
    almost = MONDAY + timedelta(days=3, milliseconds=-1)
    await enrolment.open_invitation(CHAT, code, almost)
    assert await enrolment.has_open_invitation(CHAT, almost)
    over = MONDAY + timedelta(days=3)
    assert await refusal(CHAT, code, over) == "expired_code"
    assert not await enrolment.has_open_invitation(CHAT, over)
    with pytest.raises(EnrolmentRefused):
        await enrolment.enrol(CHAT, PHONE, own=True, locale="zh", now=over, cause="u:1")


@pytest.mark.parametrize(
    ("phone", "own", "reason"),
    [
        ("8613800001012", True, "wrong_phone"),
        ("", True, "wrong_phone"),
        ("13800001011", True, "wrong_phone"),
        (PHONE, False, "foreign_contact"),
    ],
)
async def test_only_the_own_number_of_the_record_opens(
    bank: Bank, phone: str, *, own: bool, reason: str
) -> None:
    await enrolment.open_invitation(CHAT, await invite(bank), MONDAY)
    with pytest.raises(EnrolmentRefused) as refused:
        await enrolment.enrol(CHAT, phone, own=own, locale="zh", now=MONDAY, cause="u:1")
    assert refused.value.reason == reason
    assert (await Staff.get(number="1011")).chat_id is None
    assert (await Invitation.get()).used_at is None


@pytest.mark.parametrize("phone", ["+86 138 0000 1011", "86-138-0000-1011", PHONE])
async def test_a_number_may_be_written_in_any_way(bank: Bank, phone: str) -> None:
    await enrolment.open_invitation(CHAT, await invite(bank), MONDAY)
    await enrolment.enrol(CHAT, phone, own=True, locale="zh", now=MONDAY, cause="u:1")
    assert (await Staff.get(number="1011")).chat_id == CHAT


async def test_who_has_left_is_not_let_in(bank: Bank) -> None:
    await enrolment.open_invitation(CHAT, await invite(bank), MONDAY)
    await Staff.filter(number="1011").update(active=False)
    with pytest.raises(EnrolmentRefused):
        await enrolment.enrol(CHAT, PHONE, own=True, locale="zh", now=MONDAY, cause="u:1")
    with pytest.raises(NotFound):
        await invite(bank, now=MONDAY + timedelta(minutes=1))


async def test_a_chat_belongs_to_one_person(bank: Bank) -> None:
    await enrolment.open_invitation(101, await invite(bank), MONDAY)
    with pytest.raises(Conflict):
        await enrolment.enrol(101, PHONE, own=True, locale="zh", now=MONDAY, cause="u:1")
    assert (await Staff.get(number="1001")).chat_id == 101


async def test_a_new_phone_of_the_same_person_takes_the_old_ones_place(bank: Bank) -> None:
    await Staff.filter(number="1001").update(unreachable_since=MONDAY)
    await enrolment.open_invitation(CHAT, await invite(bank, "1001"), MONDAY)
    await enrolment.enrol(CHAT, "8613800001001", own=True, locale="zh", now=MONDAY, cause="u:1")
    staff = await Staff.get(number="1001")
    assert (staff.chat_id, staff.unreachable_since) == (CHAT, None)


async def test_guessing_waits_longer_each_time_and_is_forgotten_in_a_day(bank: Bank) -> None:
    waits = []
    now = MONDAY
    for _ in range(12):
        wait = await enrolment.wait_before_next(CHAT, now)
        waits.append(wait.total_seconds())
        now += wait
        assert await refusal(CHAT, "guess", now) == "wrong_code"
    assert waits == [0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert await enrolment.wait_before_next(CHAT + 1, now) == timedelta(0)
    assert await enrolment.wait_before_next(CHAT, now + timedelta(hours=24)) == timedelta(0)


async def test_who_does_not_wait_is_refused_unread_and_waits_no_longer_for_it(bank: Bank) -> None:
    code = await invite(bank)
    for _ in range(3):
        await refusal(CHAT, "guess")
    for _ in range(5):
        assert await refusal(CHAT, code) == "too_fast"
    assert (await Invitation.get()).opened_chat is None
    await enrolment.open_invitation(CHAT, code, MONDAY + timedelta(seconds=30))
    assert await enrolment.refusal_counts(MONDAY) == {"wrong_code": 3, "too_fast": 5}
    await enrolment.enrol(
        CHAT, PHONE, own=True, locale="zh", now=MONDAY + timedelta(seconds=30), cause="u:1"
    )
    assert not await EnrolAttempt.filter(chat_id=CHAT).exists()


@pytest.mark.parametrize("number", ["1001", "1003", "1006", "1007", "1009", "1010"])
async def test_administrators_only_let_people_in(bank: Bank, number: str) -> None:
    acting = await bank.acting(number)
    for command in (InviteStaff("1011"), RevokeInvitations("1011")):
        with pytest.raises(NotAllowed):
            await perform(acting, command, "no")
    assert not await Invitation.exists()


async def test_the_command_line_invites_as_the_system(bank: Bank) -> None:
    made = await perform(Acting(SYSTEM, MONDAY, "cli"), InviteStaff(" 1011 "), "cli")
    assert made["name"] == "Xin Tongshi"
    assert (await Invitation.get()).created_by_id is None
    assert (await Audit.get(action="invite")).actor_id is None


async def test_inviting_nobody_is_refused(bank: Bank) -> None:
    with pytest.raises(NotFound):
        await invite(bank, "404")
