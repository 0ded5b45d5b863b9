"""A client that others generate from the description lists customers: `make api-client`.

openapi-python-client makes it in an environment of its own, as a bank's developers would; it knows
nothing of this code but the description.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import tempfile
from pathlib import Path

import structlog

from core.api.openapi import description_of
from core.api.routes import ROUTES
from storage import db
from storage.migrate import migrate
from tests.support.api import make_token, serving
from tests.support.bank import FIRMS, build_bank

BIN = Path(sys.argv[1] if len(sys.argv) > 1 else ".venv-client/bin").absolute()
#: what somebody writes who has the generated package only
PROGRAM = """
import sys
from bank.api.customers import list_customers
from bank.api.follow_ups import plan_follow_up
from bank.client import AuthenticatedClient
from bank.models import FollowUpGiven

address, token = sys.argv[1:]
with AuthenticatedClient(base_url=address, token=token) as client:
    first = list_customers.sync(client=client, limit=4)
    rest = list_customers.sync(client=client, limit=4, cursor=first.next_)
    found = first.items + rest.items
    for one in found:
        print(one.id, one.grade, one.name_zh)
    planned = plan_follow_up.sync(client=client, body=FollowUpGiven.from_dict(
        {"customer_id": found[0].id, "due_at": "2026-12-01T15:00:00+08:00"}))
    print("planned", planned.id, planned.due_at)
    print("customers", len(found))
"""


async def main() -> int:
    """Generate, serve, list; the exit status says whether it is well."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        description = described(folder)
        made = await run(
            BIN / "openapi-python-client", "generate", "--path", description, "--meta", "none",
            "--output-path", Path(folder, "bank"), folder=folder,
        )  # fmt: skip
        if made is None:
            return 1
        url = f"sqlite://{folder}/bank.db"
        await migrate(url)
        await db.connect(url)
        try:
            async with serving(await build_bank()) as api:
                scopes = ("customers:read", "follow_ups:write")
                _, token = await make_token("1007", scopes, clock=api.clock)
                told = await run(BIN / "python", "-c", PROGRAM, api.address, token, folder=folder)
        finally:
            await db.disconnect()
    print(told or "")
    return int(told is None or f"customers {len(FIRMS)}" not in told)


def described(folder: str) -> Path:
    """The description, in a file."""
    path = Path(folder, "description.json")
    path.write_text(json.dumps(description_of(ROUTES)))
    return path


async def run(program: Path, *arguments: str | Path, folder: str) -> str | None:
    """What a program prints; None, with its complaint shown, where it fails."""
    process = await asyncio.create_subprocess_exec(
        program, *arguments, cwd=folder, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, complaint = await process.communicate()
    if process.returncode:
        print((out + complaint).decode(), file=sys.stderr)
        return None
    return out.decode()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
