"""Holds every answer of a running API against its description: `python -m tests.api`.

schemathesis makes requests up from the description, good ones and bad ones, alone and one after
the other, against the small bank on SQLite. An answer of 5xx, or one that is not as described,
fails.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import structlog

from core.activities import LogActivity, NextStep
from core.api.route import PREFIX
from core.api.routes import ROUTES
from core.bus import perform
from core.documents import AddDocuments
from core.series import PlanSeries
from core.tokens import SCOPES
from storage import db
from storage.migrate import migrate
from storage.models import Alert
from tests.support.api import Served, make_token, serving
from tests.support.bank import FIRMS, MONDAY, Bank, build_bank

ROOT = Path(__file__).parents[2]
BIN = ROOT / Path(sys.executable).parent
CONFIG = Path(__file__).with_name("schemathesis.toml")
#: a token that tries itself out would revoke itself
REVOKING = "revoke_token"
#: changes the people by whom everything else is tried
STAFFING = ("change_role", "move_staff", "deactivate_staff", "activate_staff", "revoke_phone")
#: need a state that no made-up request comes upon, or the grade that the scorecard says;
#: tests/api/test_assignments_api.py, test_grading_api.py and test_second_officer_api.py play them
PLAYED_ELSEWHERE = {
    "accept_assignment", "decline_assignment", "appeal_recycling", "rule_appeal",
    "rule_recycling", "claim_customer", "end_collaboration", "hand_over_portfolio",
    "load_file", "get_load", "decide_grade", "add_document", "get_document_content",
    "forget_nickname", "name_second_officer", "get_confirmation", "confirm_visit", "refuse_visit",
    "invite_companion", "answer_invitation",
    "plan_for_staff", "answer_leader_plan", "rule_time",
    "propose_week", "get_weekly_plan", "accept_week", "answer_week",
    "drop_item", "swap_item", "move_item", "explain_miss",
    "reopen_follow_up", "nudge_alert",
}  # fmt: skip
#: only who leads people may nudge, and no administrator does
LEADING = "/follow-ups"


async def main() -> int:
    """Everything; the exit status says whether it is well."""
    seen: Counter[tuple[str, int]] = Counter()

    def measured(method: str, path: str, status: int, _: float) -> None:
        seen[f"{method} {path}", status] += 1

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite://{folder}/bank.db"
        await migrate(url)
        await db.connect(url)
        try:
            bank = await build_bank()
            await fill(bank)
            async with serving(bank, measured=measured) as api:
                failed = [
                    await examine(api, "1008", *operations("exclude", REVOKING, *STAFFING)),
                    await examine(api, "1007", "--include-path-regex", LEADING),
                    await examine(api, "1008", *operations("include", *STAFFING),
                                  "--phases", "coverage,fuzzing"),
                    await examine(api, "1008", *operations("include", REVOKING),
                                  "--phases", "coverage,fuzzing"),
                ]  # fmt: skip
        finally:
            await db.disconnect()
    return int(any([*failed, not told(seen)]))


def told(seen: Counter[tuple[str, int]]) -> bool:
    """Print how often each operation was answered how; whether each one was seen to work."""
    well = True
    print(f"{seen.total()} requests in all")
    for route in ROUTES:
        name = f"{route.method} {PREFIX}{route.path}"
        statuses = {status: n for (of, status), n in sorted(seen.items()) if of == name}
        worked = any(status < 300 for status in statuses) or route.name in PLAYED_ELSEWHERE
        fine = worked and max(statuses) < 500
        well = well and fine
        print("✓" if fine else "✗", name, statuses)
    return well


async def fill(bank: Bank) -> None:
    """For every firm a record, a follow-up, a paper and an alert, by who tries the API out."""
    for firm in FIRMS:
        step = NextStep(MONDAY + timedelta(hours=5), all_day=False)
        command = LogActivity(bank.customers[firm[0]], "visit", MONDAY, next_step=step)
        acting, customer = await bank.acting("1008"), bank.customers[firm[0]]
        await perform(acting, command, firm[0])
        file = {"kind": "photo", "file_id": "f", "name": "", "caption": ""}
        weekly = PlanSeries(customer, "FREQ=WEEKLY;BYDAY=FR", MONDAY + timedelta(days=4))
        await perform(acting, weekly, f"{firm[0]}/series")
        await perform(acting, AddDocuments(customer, "licence", (file,)), f"{firm[0]}/paper")
        await Alert.create(
            rule="silent", key=firm[0], staff_id=acting.person.id, customer_id=customer,
            importance=2, made_at=MONDAY, not_before=MONDAY + timedelta(days=1),
        )  # fmt: skip


def operations(how: str, *names: str) -> list[str]:
    """Which operations are tried, or not."""
    return [word for name in names for word in (f"--{how}-operation-id", name)]


async def examine(api: Served, number: str, *chosen: str) -> int:
    """One run, as the staff member with this number."""
    _, token = await make_token(number, tuple(SCOPES), clock=api.clock)
    return await run(
        BIN / "schemathesis", "--config-file", str(CONFIG), "run",
        f"{api.address}/api/openapi.json", "--header", f"Authorization: Bearer {token}",
        "--no-color", *chosen,
    )  # fmt: skip


async def run(program: Path, *arguments: str) -> int:
    """Run a program in a folder of its own: what it keeps there, the next run does not know."""
    environment = {
        **os.environ, "SCHEMATHESIS_HOOKS": "tests.api.schemathesis_hooks",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            program, *arguments, env=environment, cwd=folder
        )
        return await process.wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
