"""Buttons that a tampered app makes up: what is not theirs answers as what is not there."""

from __future__ import annotations

from datetime import timedelta

from conversations.deeds import DEEDS
from conversations.flows import STARTS
from conversations.pages import PAGES
from core.activities import LogActivity, NextStep
from core.assignments import AssignCustomer
from core.bus import perform
from core.collaborations import ShareCustomer
from storage import db, models
from storage.models import (
    Activity,
    Alert,
    Asked,
    Assignment,
    CheckIn,
    Collaboration,
    Companion,
    Consent,
    Contact,
    Document,
    FollowUp,
    LeaderPlan,
    Merge,
    Nickname,
    OtherBank,
    Promise,
    Recycling,
    Series,
    StandIn,
    Talk,
    Telling,
    WeeklyItem,
    WeeklyPlan,
)
from tests.support.town import Town

#: every button that names something of a customer's, with the place of its id
CRAFTED = (
    "o:profile:{customer}", "o:contacts:{customer}", "o:history:{customer}:0",
    "s:merge:{customer}:{customer}", "r:part:{merge}", "o:activity:{activity}",
    "o:follow_up:{follow_up}", "o:rights:{customer}",
    "o:member:{staff}", "o:pack:{assignment}:0",
    "r:done:{follow_up}", "r:later:{follow_up}:hour", "o:lasting:{follow_up}",
    "o:nearby:plan:{follow_up}", "o:nearby:door:{check_in}",
    "r:lasts:{follow_up}:90", "r:nudge:{follow_up}", "r:call:{contact}",
    "r:navigate:{customer}", "r:attachments:{activity}", "r:undo:{activity}",
    "r:accept:{assignment}", "r:claim:{customer}", "r:unshare:{collaboration}",
    "r:recycle:{recycling}:recycle", "r:appeal:{assignment}:uphold",
    "s:correct_visit:{activity}", "s:postpone:{follow_up}", "s:call_off:{follow_up}",
    "o:series:{series}", "s:change_series:{series}", "s:end_series:{series}",
    "r:reopen:{follow_up}", "s:reassign:{customer}",
    "s:share:{customer}", "s:release:{customer}", "s:hand_over:{staff}", "s:appeal:{assignment}",
    "o:staff_member:{staff}", "o:stand_in:{stand_in}", "r:activate_staff:{staff}",
    "r:end_stand_in:{stand_in}", "s:change_role:{staff}", "s:move_staff:{staff}",
    "s:deactivate_staff:{staff}", "s:revoke_phone:{staff}", "s:reveal:{contact}",
    "o:audit:customer:{customer}", "o:sections:bank:{customer}",
    "o:section:other_banks:{customer}:0", "o:fact:other_banks:{other_bank}",
    "s:add_fact:other_banks:{customer}", "s:edit_fact:other_banks:{other_bank}",
    "s:end_fact:other_banks:{other_bank}", "r:answer:{asked}:none", "o:group:{customer}",
    "o:dossier:{customer}", "r:draw:balance:{customer}", "r:draw:group:{customer}",
    "r:export:dossier:pdf:{customer}", "o:grade:{customer}",
    "o:door:{check_in}", "r:check_out:{check_in}",
    "r:check_in:{customer}:3120000:12150000", "r:visit_file:{follow_up}",
    "o:confirmation:{companion}", "r:confirm_visit:{companion}:0", "s:refuse_visit:{companion}",
    "s:name_second:{activity}", "o:invitation:{joint}",
    "r:come_along:{joint}", "r:not_come_along:{joint}", "s:invite_along:{follow_up}",
    "s:plan_for:{staff}:{customer}", "o:member_day:{staff}",
    "r:accept_plan:{leader_plan}", "s:decline_plan:{leader_plan}",
    "s:propose_time:{leader_plan}", "r:agree_time:{leader_plan}", "r:keep_time:{leader_plan}",
    "r:forget_name:{nickname}",
    "o:promises:{customer}:0", "o:promise:{promise}", "r:promise_kept:{promise}",
    "o:weekly:{weekly}", "o:weekly_item:{item}", "o:weekly_miss:{weekly}",
    "r:weekly_accept:{weekly}", "r:weekly_approve:{weekly}", "r:weekly_drop:{item}",
    "r:weekly_swap:{item}", "r:weekly_move:{item}:1", "r:weekly_why:{item}:away",
    "s:weekly_comment:{weekly}", "r:promise_broken:{promise}", "s:promise:{customer}",
    "o:alert:{alert}", "o:alert_why:{alert}", "r:alert_done:{alert}",
    "r:alert_greeted:call:{alert}", "r:alert_nudge:{alert}", "r:nudge_person:{staff}",
    "r:alert_dismiss:{alert}:known", "r:alert_later:{alert}", "o:telling:{telling}",
    "r:take_grade:{customer}:B", "s:decide_grade:{customer}",
    "o:documents:{customer}", "o:document:{document}",
    "r:show_document:{document}", "r:end_document:{document}", "r:restore_document:{document}",
    "s:add_consent:{customer}", "r:withdraw_consent:{consent}",
    "s:add_document:{customer}", "s:send_summary:{customer}",
)  # fmt: skip
#: what names nothing of a customer's, or is refused when the dialogue comes to its end
HARMLESS = {
    "home", "help", "language", "found", "agenda", "team", "team_day",
    "pool", "untouched", "retry", "dismiss",
    "invite", "log_visit", "plan", "decline", "audit_search", "find_staff",
    "leave", "loads", "alerts", "alert_rules", "alert_rule", "alert_switch",
    "alert_rule_history", "standing", "tune", "no_sign", "pool_alerts",
    "confirmations", "nicknames", "week", "calendar", "calendar_open", "calendar_close",
    "duplicates", "add_contact", "add_customer", "weekly_propose", "weekly_team", "weekly_nudge",
    "weekly_approve_all", "weekly_kept", "wishes", "wish", "wish_daily", "wish_morning",
    "wish_quiet", "wish_topic", "all_series",
}  # fmt: skip
#: what a look, an update and a message leave behind
MACHINERY = {"Inbox", "Outbox", "Mailbox", "Lane", "Card", "Talk", "Answer", "Cursor", "Pace"}


async def of_another_branch(town: Town) -> dict[str, int]:
    """One of each kind, all of a branch that Zhao Lei is not of."""
    bank, now = town.bank, town.clock.now()
    customer = bank.customers["C001"]
    leader, owner = await bank.acting("1003", now), await bank.acting("1001", now)
    await perform(
        owner,
        LogActivity(
            customer, "visit", now, next_step=NextStep(now + timedelta(days=2), all_day=False)
        ),
        "crafted:log",
    )
    await perform(owner, ShareCustomer(customer, bank.staff["1009"]), "crafted:share")
    await perform(
        leader, AssignCustomer(customer, bank.staff["1002"], "workload"), "crafted:given"
    )
    recycling = await Recycling.create(
        customer_id=customer, owner_id=bank.staff["1002"], proposed_at=now, leader_at=now
    )
    stand_in = await StandIn.create(
        absent_id=bank.staff["1001"], substitute_id=bank.staff["1002"], from_at=now,
        until_at=now + timedelta(days=3), created_at=now,
    )  # fmt: skip
    other_bank = await OtherBank.create(
        customer_id=customer, bank="宁波银行", product="working_capital", recorded_at=now
    )
    asked = await Asked.create(
        staff_id=bank.staff["1002"], day=now.date(), customer_id=customer, section="family"
    )
    merge = await Merge.create(
        kept_id=customer, merged_id=bank.customers["C002"], at=now, by_id=bank.staff["1003"],
        moved={}, filled={}, before={},
    )  # fmt: skip
    alert = await Alert.create(
        rule="silent", key="crafted", staff_id=bank.staff["1002"], customer_id=customer,
        importance=2, made_at=now, not_before=now + timedelta(days=1),
    )  # fmt: skip
    telling = await Telling.create(
        staff_id=bank.staff["1002"], kind="several", day=now.date(), made_at=now
    )
    promise = await Promise.create(
        key="crafted", customer_id=customer, direction="ours", text="合同", made_at=now,
        made_by_id=bank.staff["1002"],
    )  # fmt: skip
    series = await Series.create(
        key="crafted", customer_id=customer, owner_id=bank.staff["1002"], created_at=now,
        created_by_id=bank.staff["1002"], rule="FREQ=WEEKLY;BYDAY=FR", begins=now.date(),
    )  # fmt: skip
    leader_plan = await LeaderPlan.create(
        follow_up_id=(await FollowUp.get(customer_id=customer)).id, staff_id=bank.staff["1002"],
        by_id=bank.staff["1003"], asked_at=now, late_at=now + timedelta(days=9),
    )  # fmt: skip
    joint = await Companion.create(
        key="crafted:joint", duty="joint", staff_id=bank.staff["1002"],
        asked_by_id=bank.staff["1001"], asked_at=now,
        follow_up_id=(await FollowUp.get(customer_id=customer)).id,
    )  # fmt: skip
    weekly = await WeeklyPlan.create(
        staff_id=bank.staff["1002"], monday=now.date(), state="accepted", proposed_at=now
    )
    item = await WeeklyItem.create(
        plan_id=weekly.id, customer_id=customer, day=now.date(), reason="never"
    )
    nickname = await Nickname.create(
        staff_id=bank.staff["1002"], customer_id=customer, said="老华兴", folded="老华兴",
        made_at=now,
    )  # fmt: skip
    companion = await Companion.create(
        key="crafted", duty="second", staff_id=bank.staff["1002"], asked_by_id=bank.staff["1001"],
        activity_id=(await Activity.get(customer_id=customer)).id, asked_at=now,
    )  # fmt: skip
    check_in = await CheckIn.create(
        key="crafted", customer_id=customer, staff_id=bank.staff["1002"], at=now, latitude=31.2,
        longitude=121.5,
    )  # fmt: skip
    document = await Document.create(
        customer_id=customer, kind="licence", form="photo", file_id="f", sha256="-", added_at=now,
        added_by_id=bank.staff["1002"],
    )  # fmt: skip
    consent = await Consent.create(customer_id=customer, kind="marketing", recorded_at=now)
    return {
        "consent": consent.id,
        "alert": alert.id,
        "telling": telling.id,
        "promise": promise.id,
        "weekly": weekly.id,
        "item": item.id,
        "companion": companion.id,
        "joint": joint.id,
        "leader_plan": leader_plan.id,
        "series": series.id,
        "nickname": nickname.id,
        "check_in": check_in.id,
        "document": document.id,
        "merge": merge.id,
        "asked": asked.id,
        "other_bank": other_bank.id,
        "customer": customer,
        "contact": (await Contact.get(customer_id=customer)).id,
        "activity": (await Activity.get(customer_id=customer)).id,
        "follow_up": (await FollowUp.get(customer_id=customer)).id,
        "assignment": (await Assignment.get(customer_id=customer)).id,
        "collaboration": (await Collaboration.get(customer_id=customer)).id,
        "recycling": recycling.id,
        "stand_in": stand_in.id,
        "staff": bank.staff["1001"],
    }


async def records() -> dict[str, list[dict[str, object]]]:
    """All that the bank keeps, without the machinery of the chat."""
    return {
        name: await db.rows(f'SELECT * FROM "{getattr(models, name)._meta.db_table}"')
        for name in models.__all__
        if name not in MACHINERY
    }


def test_the_list_names_every_button_that_there_is() -> None:
    named = {button.split(":")[1] for button in CRAFTED}
    assert named | HARMLESS == {*PAGES, *DEEDS, *STARTS}
    assert not named & HARMLESS


async def test_what_is_theirs_answers_like_what_is_not_there(town: Town) -> None:
    ids = await of_another_branch(town)
    missing = dict.fromkeys(ids, 999_999)
    zhao = town.phone("1004")
    await zhao.says("/today")
    before = await records()
    for button in CRAFTED:
        theirs = await zhao.presses_raw(zhao.last.message_id, button.format(**ids))
        nobodys = await zhao.presses_raw(zhao.last.message_id, button.format(**missing))
        assert theirs.text, button
        assert theirs.text == nobodys.text, button
        assert await Talk.filter(status="open").count() == 0, button
    assert await records() == before


async def test_the_dialogues_that_begin_refuse_it_at_their_end(town: Town) -> None:
    ids = await of_another_branch(town)
    zhao = town.phone("1004")
    await zhao.says("/today")
    before = await records()
    home = zhao.last.message_id
    await zhao.presses_raw(home, f"s:log_visit:{ids['customer']}")
    await zhao.sees("哪位客户?")
    await zhao.presses_raw(home, f"s:plan:{ids['customer']}")
    assert not zhao.contains("华兴机械")
    await zhao.presses_raw(home, f"s:decline:{ids['assignment']}")
    await zhao.says("不要")
    await zhao.sees("没有找到,或者不在您的权限内。")
    assert await records() == before
