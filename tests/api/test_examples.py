"""Every `curl` of docs/api.md is run against the running API, in the order of the page."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.support.api import Served

if TYPE_CHECKING:
    from pathlib import Path


async def run(script: str, folder: Path, **environment: str) -> str:
    process = await asyncio.create_subprocess_exec(
        "bash", "-euo", "pipefail", "-c", script, cwd=folder,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", **environment},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, said = await process.communicate()
    assert process.returncode == 0, said.decode()
    return out.decode()


async def test_the_examples_of_the_page_work(
    api: Served, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    page = (request.config.rootpath / "docs" / "api.md").read_text(encoding="utf-8")
    examples = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    assert len(examples) >= 8
    token = (await api.asker("1008")).token
    said = [
        await run(example, tmp_path, API=f"{api.address}/api/v1", TOKEN=token)
        for example in examples
    ]
    me, reads, cached, logged, corrected, lines, missing, subscribed = said
    assert json.loads(me)["number"] == "1008"
    assert "上海华兴机械制造有限公司" in reads
    assert cached == "304\n"
    assert json.loads(logged)["follow_ups"]
    assert json.loads(corrected)["note"] == "Talked about the loan and payroll"
    told = [json.loads(line) for line in lines.splitlines()]
    assert [one["status"] for one in told[-2:]] == [201, 201]
    assert len(told) == 7 + 2
    assert json.loads(missing)["code"] == "not_found"
    assert json.loads(subscribed)["secret"]
