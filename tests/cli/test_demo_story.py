"""The demo begins with a week that is agreed, a visit for two, and a leader's plan to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.demo_story import play
from core.clock import MovableClock
from storage import db
from storage.demo.load import load
from storage.demo.organization import LEADER, LI_WEI
from storage.models import Companion, LeaderPlan, Staff, WeeklyItem, WeeklyPlan
from tests.support.bank import MONDAY

if TYPE_CHECKING:
    from tests.support.databases import SqliteDatabases


async def test_a_newcomer_finds_a_weekly_plan_a_joint_visit_and_a_leaders_plan(
    sqlite_databases: SqliteDatabases,
) -> None:
    await db.connect(sqlite_databases.fresh())
    try:
        await load(MONDAY)
        await play(MovableClock(MONDAY))
        li, leader = await Staff.get(number=LI_WEI), await Staff.get(number=LEADER)
        plan = await WeeklyPlan.get()
        assert (plan.staff_id, plan.state) == (li.id, "accepted")
        assert await WeeklyItem.filter(plan_id=plan.id, dropped=False).count() >= 5
        joint = await Companion.get(duty="joint")
        assert (joint.staff_id, joint.status) == (leader.id, "waiting")
        asked = await LeaderPlan.get()
        assert (asked.staff_id, asked.by_id, asked.status) == (li.id, leader.id, "waiting")
    finally:
        await db.disconnect()
