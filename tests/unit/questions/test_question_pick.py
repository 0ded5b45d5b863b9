"""One of many: search, pages, permissions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from question_support import CHAT_FILE, REDRAWN, Put, acting

from conversations.engine.questions import NotMine
from conversations.questions.pick import Item, Page, Pick
from core.i18n import Text

if TYPE_CHECKING:
    from core.acting import Acting


@dataclass
class Customers:
    """Thirteen customers, of which number 13 is another's."""

    names: list[str] = field(
        default_factory=lambda: (
            [f"Firm {n}" for n in range(1, 11)] + ["华兴机械有限公司", "Acme & Sons", "Hidden"]
        )
    )

    async def search(self, ctx: Acting, text: str, offset: int, limit: int) -> Page:  # noqa: ARG002 - the protocol's
        hits = [
            Item(n, name, "Shanghai" if n > 10 else "")
            for n, name in enumerate(self.names, 1)
            if text.lower() in name.lower() or (text == "acne" and n == 12)
        ]
        return Page(tuple(hits[offset : offset + limit]), more=len(hits) > offset + limit)

    async def get(self, ctx: Acting, item_id: int, /) -> Item | None:
        seen = ctx.person.role == "rm" and 0 < item_id <= 12
        return Item(item_id, self.names[item_id - 1]) if seen else None


def put(**more: Any) -> Put:
    return Put(Pick("customer", Text("Which customer?"), Customers()), **more)


async def test_a_page_of_names() -> None:
    asked = put()
    assert await asked.text() == "Which customer?\n<i>Tap one, or type a part of the name.</i>"
    assert await asked.choices() == [["i1"], ["i2"], ["i3"], ["i4"], ["i5"], ["i6"], ["n"]]
    assert await asked.taps("n") == REDRAWN
    assert (await asked.labels())[4:] == [
        ["华兴机械有限公司 · Shanghai"], ["Acme & Sons · Shanghai"], ["‹ Before", "More ›"],
    ]  # fmt: skip
    await asked.taps("n")
    assert await asked.choices() == [["i13"], ["p"]]
    await asked.taps("p")
    await asked.taps("p")
    await asked.taps("p")
    assert asked.view == {"at": 0}


async def test_a_list_that_became_shorter_begins_again() -> None:
    asked = put(view={"at": 60})
    assert (await asked.choices())[0] == ["i1"]
    assert asked.view == {"at": 0}


async def test_a_tapped_name_is_taken_if_it_is_still_ones_own() -> None:
    asked = put()
    assert await asked.taps("i12") == 12
    assert "can't be chosen any more" in await asked.taps("i13")
    assert await asked.taps("i") == REDRAWN
    assert await asked.taps("nonsense") == REDRAWN
    assert await asked.does(CHAT_FILE) == NotMine()


async def test_each_typed_text_is_a_new_search() -> None:
    asked = put(ctx=acting("zh"))
    await asked.taps("n")
    assert await asked.says(" firm ") == REDRAWN
    assert asked.view == {"q": "firm", "at": 0}
    assert "🔍 “firm”" in await asked.text()
    assert (await asked.labels())[-1] == ["显示全部", "更多 ›"]
    assert await asked.says("<b>") == REDRAWN
    assert "没找到“&lt;b&gt;”" in await asked.text()
    assert await asked.choices() == [["all"]]
    await asked.taps("all")
    assert asked.view == {}


@pytest.mark.parametrize(
    ("text", "customer"), [("华兴", 11), ("Firm 1", 1), ("acme", 12), ("FIRM 7", 7)]
)
async def test_what_names_one_is_picked_at_once(text: str, customer: int) -> None:
    assert await put().says(text) == customer


async def test_a_lone_hit_by_likeness_is_shown_first() -> None:
    asked = put()
    assert await asked.says("acne") == REDRAWN
    assert await asked.choices() == [["i12"], ["all"]]
    assert await asked.says("  ") == REDRAWN
    assert "Tap one" in await asked.text()


async def test_nobody_to_choose() -> None:
    asked = Put(Pick("customer", Text("Which customer?"), Customers([])))
    assert await asked.text() == "Which customer?\nThere is nothing to choose from."


async def test_a_long_name_is_shortened() -> None:
    asked = Put(Pick("customer", Text("Which?"), Customers(["n" * 80])))
    assert await asked.labels() == [["n" * 59 + "…"]]


async def test_old_picks_are_checked_again() -> None:
    assert await put().revives(3)
    assert not await put().revives(13)
    assert not await put().revives("3")
