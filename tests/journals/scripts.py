"""What people did when the journals were written: one dialogue each, from its start to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.activities import LogActivity
from core.assignments import AssignCustomer
from core.bus import perform
from core.facts.writing import RecordFact
from core.follow_ups import PlanFollowUp
from core.leader_plans import PlanForStaff
from core.recycling import RuleRecycling
from core.series import PlanSeries
from core.weekly_plans import AcceptWeek, ProposeWeek
from storage.models import (
    Activity,
    ActivityCorrection,
    AlertRule,
    Assignment,
    Attachment,
    Change,
    Collaboration,
    Customer,
    FollowUp,
    Invitation,
    OtherBank,
    Recycling,
    Series,
    Staff,
    StandIn,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.simulator import Phone
    from tests.support.bank import MONDAY
from tests.support.bank import MONDAY
from tests.support.town import Town

#: (deed, word): says a text, taps the card's choice that begins so, presses a button of this
#: data, sends a photo of these words, or shares the place of the yard
Deed = tuple[str, str]


@dataclass(frozen=True)
class Script:
    """A dialogue: who, what there was before, and what was done. The first deed starts it."""

    flow: str
    person: str
    deeds: tuple[Deed, ...]
    before: Callable[[Town], Awaitable[Any]] | None = None


async def a_visit(town: Town) -> None:
    """A record of yesterday's visit."""
    acting = await town.bank.acting("1001", town.clock.now())
    await perform(
        acting,
        LogActivity(
            customer_id=town.bank.customers["C001"],
            kind="visit",
            occurred_at=town.clock.now() - timedelta(hours=2),
            time_known=True,
            time_source="stated",
            outcome="interested",
            note="看了车间",
        ),
        "journals:visit",
    )


async def a_series(town: Town) -> None:
    """A visit every Friday."""
    acting = await town.bank.acting("1001", town.clock.now())
    friday = town.clock.now() + timedelta(days=4)
    command = PlanSeries(town.bank.customers["C001"], "FREQ=WEEKLY;BYDAY=FR", friday)
    await perform(acting, command, "journals:series")


async def a_follow_up(town: Town) -> None:
    """A visit planned for tomorrow."""
    acting = await town.bank.acting("1001", town.clock.now())
    command = PlanFollowUp(
        town.bank.customers["C001"], town.clock.now() + timedelta(days=1), purpose="谈续贷"
    )
    await perform(acting, command, "journals:follow_up")


async def a_leader_plan(town: Town) -> None:
    """Wang Fang planned a visit for Li Wei."""
    acting = await town.bank.acting("1003", town.clock.now())
    command = PlanForStaff(
        town.bank.staff["1001"], town.bank.customers["C001"], town.clock.now() + timedelta(days=3)
    )
    await perform(acting, command, "journals:leader")


async def a_customer_given(town: Town) -> None:
    """Chen Jing was given a customer of Li Wei's."""
    acting = await town.bank.acting("1003", town.clock.now())
    customer, receiver = town.bank.customers["C001"], town.bank.staff["1002"]
    await perform(acting, AssignCustomer(customer, receiver, "workload"), "journals:given")


async def a_plan_accepted(town: Town) -> None:
    """Li Wei accepted the proposal for this week."""
    acting = await town.bank.acting("1001", town.clock.now())
    plan = await perform(acting, ProposeWeek(MONDAY.date()), "journals:week")
    await perform(acting, AcceptWeek(plan), "journals:accept")


async def a_customer_recycled(town: Town) -> None:
    """Li Wei lost a customer to the pool."""
    proposal = await Recycling.create(
        customer_id=town.bank.customers["C001"], owner_id=town.bank.staff["1001"],
        proposed_at=town.clock.now(), leader_at=town.clock.now(),
    )  # fmt: skip
    acting = await town.bank.acting("1003", town.clock.now())
    await perform(acting, RuleRecycling(proposal.id, keep=False), "journals:recycled")


async def a_loan_elsewhere(town: Town) -> None:
    """Li Wei wrote down what another bank lends."""
    acting = await town.bank.acting("1001", town.clock.now())
    values = {"bank": "宁波银行", "product": "working_capital", "balance_fen": "500万"}
    command = RecordFact(town.bank.customers["C001"], "other_banks", values)
    await perform(acting, command, "journals:fact")


async def two_officers(town: Town) -> None:
    """Chen Jing is asked to confirm a visit of Li Wei's."""
    acting = await town.bank.acting("1001", town.clock.now())
    command = LogActivity(
        town.bank.customers["C001"], "visit", town.clock.now(),
        second_officer=town.bank.staff["1002"],
    )  # fmt: skip
    await perform(acting, command, "journals:two")


async def a_firm_without_credit_code(town: Town) -> None:
    """Of two firms one has no credit code, so that they can be one."""
    await Customer.filter(id=town.bank.customers["C003"]).update(credit_code=None)


SCRIPTS: dict[str, Script] = {
    "visit_step_by_step": Script(
        "log_visit", "1001",
        (("says", "/visit"), ("taps", "i2"), ("taps", "call"), ("taps", "interested"),
         ("says", "想了解票据贴现"), ("says", "明天上午10点"), ("taps", "=lead"), ("taps", "60"),
         ("taps", "ok")),
    ),
    "visit_changed_at_the_review": Script(
        "log_visit", "1001",
        (("says", "/visit"), ("taps", "i3"), ("taps", "visit"), ("taps", "interested"),
         ("taps", "<"), ("taps", "not_interested"), ("says", "利率太高"), ("taps", "-"),
         ("taps", "=amount"), ("says", "500万"), ("taps", "=outcome"), ("taps", "interested"),
         ("taps", "ok")),
    ),
    "visit_in_one_line": Script(
        "log_visit", "1001",
        (("says", "今天上午9点拜访华兴机械王总,想续贷500万,下周二下午3点再约"), ("taps", "ok")),
    ),
    "visit_with_files": Script(
        "log_visit", "1001",
        (("photo", "the yard"), ("taps", "i1"), ("place", "yard"), ("taps", "visit"),
         ("taps", "done"), ("says", "合同已签"), ("taps", "-"), ("taps", "ok")),
    ),
    "plan": Script(
        "plan", "1001",
        (("presses", "s:plan"), ("taps", "i2"), ("says", "周五下午3点"), ("says", "送合同"),
         ("taps", "=kind"), ("taps", "call"), ("taps", "ok")),
    ),
    "postpone": Script(
        "postpone", "1001",
        (("presses", "s:postpone:1"), ("says", "下周三上午10点")), a_follow_up,
    ),
    "call_off": Script(
        "call_off", "1001",
        (("presses", "s:call_off:1"), ("taps", "other"), ("says", "下雪")), a_follow_up,
    ),
    "call_off_following": Script(
        "call_off", "1001", (("presses", "s:call_off:2"), ("taps", "all"), ("taps", "customer")),
        a_series,
    ),
    "postpone_following": Script(
        "postpone", "1001",
        (("presses", "s:postpone:2"), ("taps", "all"), ("says", "下周四上午10点")), a_series,
    ),
    "change_series": Script(
        "change_series", "1001", (("presses", "s:change_series:1"), ("says", "每两周周三")),
        a_series,
    ),
    "end_series": Script(
        "end_series", "1001",
        (("presses", "s:end_series:1"), ("taps", "other"), ("says", "客户搬走")), a_series,
    ),
    "plan_again": Script(
        "plan", "1001",
        (("says", "每周五下午3点拜访华兴机械,送报表"), ("taps", "=repeats"), ("taps", "week2"),
         ("taps", "ok")),
    ),
    "tune": Script(
        "tune", "1007",
        (("presses", "s:tune:loan_matures:days"), ("says", "90 30"), ("taps", "=value"),
         ("says", "120 60"), ("taps", "ok")),
    ),
    "invite": Script("invite", "1008", (("presses", "s:invite"), ("says", "1011"))),
    "reveal": Script(
        "reveal", "1010", (("presses", "s:reveal:1"), ("taps", "other"), ("says", "核查")),
    ),
    "find_staff": Script(
        "find_staff", "1008", (("presses", "s:find_staff"), ("taps", "i1")),
    ),
    "change_role": Script(
        "change_role", "1008",
        (("presses", "s:change_role:1"), ("taps", "telecaller"), ("taps", "=role"),
         ("taps", "team_leader"), ("taps", "ok")),
    ),
    "move_staff": Script(
        "move_staff", "1008",
        (("presses", "s:move_staff:1"), ("says", "team_b"), ("taps", "ok")),
    ),
    "deactivate_staff": Script(
        "deactivate_staff", "1008",
        (("presses", "s:deactivate_staff:1"), ("taps", "leave"), ("taps", "ok")),
    ),
    "revoke_phone": Script(
        "revoke_phone", "1008", (("presses", "s:revoke_phone:1"), ("taps", "ok")),
    ),
    "leave": Script(
        "leave", "1001",
        (("presses", "s:leave"), ("says", "陈静"), ("taps", "+1"), ("says", "周五"),
         ("taps", "=substitute"), ("taps", "i9"), ("taps", "ok")),
    ),
    "correct_visit": Script(
        "correct_visit", "1001",
        (("presses", "s:correct_visit:1"), ("taps", "=kind"), ("taps", "call"),
         ("taps", "=note"), ("says", "电话里谈的"), ("taps", "ok")), a_visit,
    ),
    "reassign": Script(
        "reassign", "1003",
        (("presses", "s:reassign:1"), ("taps", "i2"), ("taps", "other"), ("says", "同乡"),
         ("taps", "=left"), ("taps", "i1"), ("taps", "done"), ("taps", "ok")), a_follow_up,
    ),
    "hand_over": Script(
        "hand_over", "1003",
        (("presses", "s:hand_over:1"), ("taps", "rm_left"), ("taps", "=to"), ("taps", "i2"),
         ("taps", "done"), ("taps", "ok")), a_follow_up,
    ),
    "share": Script(
        "share", "1001",
        (("presses", "s:share:1"), ("says", "1004"), ("taps", "write"), ("taps", "=level"),
         ("taps", "read"), ("taps", "ok")),
    ),
    "name_second": Script(
        "name_second", "1001", (("presses", "s:name_second:1"), ("says", "陈静")), a_visit,
    ),
    "invite_along": Script(
        "invite_along", "1001", (("presses", "s:invite_along:1"), ("says", "王芳")), a_follow_up,
    ),
    "plan_for": Script(
        "plan_for", "1003",
        (("says", "让李伟周四下午两点拜访华兴机械"), ("taps", "ok")),
    ),
    "decline_plan": Script(
        "decline_plan", "1001", (("presses", "s:decline_plan:1"), ("taps", "not_needed")),
        a_leader_plan,
    ),
    "propose_time": Script(
        "propose_time", "1001", (("presses", "s:propose_time:1"), ("says", "周五上午10点")),
        a_leader_plan,
    ),
    "refuse_visit": Script(
        "refuse_visit", "1002",
        (("presses", "s:refuse_visit:1"), ("says", "那天我在网点")), two_officers,
    ),
    "visit_of_two_officers": Script(
        "log_visit", "1001",
        (("says", "今天上午和陈静双人调查了华兴机械,厂房正常"), ("taps", "=second"),
         ("says", "冯涛"), ("taps", "ok")),
    ),
    "weekly_comment": Script(
        "weekly_comment", "1003",
        (("presses", "s:weekly_comment:1"), ("says", "先去华兴机械")), a_plan_accepted,
    ),
    "promise": Script(
        "promise", "1001",
        (("presses", "s:promise:1"), ("taps", "theirs"), ("says", "给我们三季度报表"),
         ("says", "下周五"), ("taps", "=text"), ("says", "给我们年报"), ("taps", "ok")),
    ),
    "decide_grade": Script(
        "decide_grade", "1003",
        (("presses", "s:decide_grade:1"), ("taps", "A"), ("says", "老客户"), ("taps", "=grade"),
         ("taps", "B"), ("taps", "ok")),
    ),
    "add_document": Script(
        "add_document", "1001",
        (("presses", "s:add_document:1"), ("taps", "licence"), ("photo", "licence"),
         ("taps", "ok"), ("says", "2027-06-30"), ("taps", "=caption"), ("says", "正本"),
         ("taps", "ok")),
    ),
    "add_consent": Script(
        "add_consent", "1001",
        (("presses", "s:add_consent:1"), ("taps", "credit_report"), ("photo", "signed"),
         ("taps", "=kind"), ("taps", "data_use"), ("taps", "ok")),
    ),
    "send_summary": Script(
        "send_summary", "1001",
        (("presses", "s:send_summary:1"), ("says", "1003"), ("says", "请一起去"),
         ("taps", "ok")),
    ),
    "release": Script(
        "release", "1001",
        (("presses", "s:release:1"), ("taps", "no_progress"), ("taps", "ok")), a_follow_up,
    ),
    "decline": Script(
        "decline", "1002",
        (("presses", "s:decline:1"), ("says", "手上客户太多")), a_customer_given,
    ),
    "merge": Script(
        "merge", "1003",
        (("presses", "s:merge:1:3"), ("taps", "3"), ("taps", "=kept"), ("taps", "1"),
         ("taps", "ok")),
        a_firm_without_credit_code,
    ),
    "add_contact": Script(
        "add_contact", "1001",
        (("presses", "s:add_contact"), ("taps", "i1"), ("says", "周晓明"), ("says", "财务经理"),
         ("says", "13812345678"), ("taps", "handler"), ("taps", "=title"), ("says", "总经理"),
         ("taps", "ok")),
    ),
    "add_customer": Script(
        "add_customer", "1001",
        (("presses", "s:add_customer"), ("says", "苏州华兴机械制造有限公司"), ("taps", "new"),
         ("taps", "-"), ("says", "13812345678"), ("taps", "=city"), ("says", "苏州"),
         ("taps", "ok")),
    ),
    "add_fact": Script(
        "add_fact", "1001",
        (("presses", "s:add_fact:other_banks:1"), ("says", "宁波银行"),
         ("taps", "working_capital"), ("says", "500万"), ("says", "2027-03-31"),
         ("taps", "=rate_bp"), ("says", "4.35%"), ("taps", "=bank"), ("says", "招商银行"),
         ("taps", "ok")),
    ),
    "edit_fact": Script(
        "edit_fact", "1001",
        (("presses", "s:edit_fact:other_banks:1"), ("taps", "balance_fen"), ("says", "300万"),
         ("taps", "=now.balance_fen"), ("says", "350万"), ("taps", "ok")), a_loan_elsewhere,
    ),
    "end_fact": Script(
        "end_fact", "1001", (("presses", "s:end_fact:other_banks:1"), ("taps", "ok")),
        a_loan_elsewhere,
    ),
    "appeal": Script(
        "appeal", "1001", (("presses", "s:appeal:1"), ("says", "下周签合同")), a_customer_recycled,
    ),
}  # fmt: skip


async def does(town: Town, phone: Phone, deed: Deed) -> None:
    """Do one thing and let the bot answer."""
    kind, word = deed
    if kind == "says":
        await phone.says(word)
    elif kind == "presses":
        if not any(message.from_bot for message in phone.messages):
            await phone.says("/today")
            await town.settles()
        last = next(message for message in reversed(phone.messages) if message.from_bot)
        await phone.presses_raw(last.message_id, word)
    elif kind == "photo":
        await phone.sends_photo(b"\xff\xd8\xff\xe0" + word.encode())
    elif kind == "place":
        await phone.sends_location(31.23, 121.47)
    else:
        message_id, data = choice(phone, word)
        await phone.presses_raw(message_id, data)
    await town.settles()


def choice(phone: Phone, begins: str) -> tuple[int, str]:
    """The button of the newest dialogue card whose choice begins so."""
    shown = []
    for message in reversed(phone.messages):
        for row in message.buttons:
            for button in row:
                data = button.data or ""
                if data.startswith("a:"):
                    shown.append(data.split(".", 2)[2])
                    if shown[-1].startswith(begins):
                        return message.message_id, data
    raise AssertionError(f"no choice {begins} among {shown}")


async def records() -> dict[str, list[dict[str, Any]]]:
    """What the bank has on record, as far as a dialogue decides it."""
    activities = await Activity.all().order_by("id").values(
        "customer_id", "kind", "occurred_at", "time_known", "time_source", "outcome", "note",
        "product", "amount_fen",
    )  # fmt: skip
    follow_ups = await FollowUp.all().order_by("id").values(
        "customer_id", "kind", "purpose", "due_at", "all_day", "remind_at", "status"
    )  # fmt: skip
    found = {
        "activities": activities,
        "corrections": await ActivityCorrection.all().order_by("id").values("changes"),
        "attachments": await Attachment.all().order_by("id").values("kind", "latitude"),
        "follow_ups": follow_ups,
        "staff": await Staff.all().order_by("id").values("role", "unit_id", "active", "chat_id"),
        "stand_ins": await StandIn.all()
        .order_by("id")
        .values("absent_id", "substitute_id", "from_at", "until_at"),
        "invitations": await Invitation.all().order_by("id").values("staff_id"),
    }
    # What later code keeps is not in the journals of before.
    found |= {name: rows for name, rows in (await later_records()).items() if rows}
    return {
        table: [{name: str(_sorted(value)) for name, value in row.items()} for row in rows]
        for table, rows in found.items()
    }


async def later_records() -> dict[str, list[dict[str, Any]]]:
    """Who is in charge, and how that came."""
    return {
        "series": await Series.all().order_by("id").values(
            "customer_id", "rule", "begins", "at_minute", "state", "reason", "note"
        ),
        "assignments": await Assignment.all().order_by("id").values(
            "customer_id", "kind", "from_staff_id", "to_staff_id", "reason", "note", "appeal"
        ),
        "collaborations": await Collaboration.all().order_by("id").values(
            "customer_id", "staff_id", "level"
        ),
        "other_banks": await OtherBank.all().order_by("id").values(
            "customer_id", "bank", "product", "balance_fen", "matures", "rate_bp", "ended_at"
        ),
        "alert_rules": await AlertRule.all().order_by("code").values("code", "on", "numbers"),
        "changes": await Change.all().order_by("id").values("section", "field", "was", "now"),
    }  # fmt: skip


def _sorted(value: Any) -> Any:
    """The same order of keys, whatever order the engine keeps them in."""
    if not isinstance(value, dict):
        return value
    return {key: _sorted(value[key]) for key in sorted(value)}
