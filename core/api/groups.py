"""The group around a customer, and how much is known of it, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from core import completeness, groups
from core.api.route import Route
from core.api.schemas import Told

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing
    from core.groups import Group
    from core.rules.circles import Firm


class FirmTold(Told):
    """An end of a tie."""

    id: int | None = Field(description="Null where it is no customer that may be seen.")
    name: str


class MemberTold(Told):
    """A customer of the group."""

    id: int
    name: str
    owner: str
    exposure_fen: int
    drawn_fen: int


class TieTold(Told):
    """What ties two firms together, as the first of them tells it."""

    source: FirmTold
    target: FirmTold
    kind: str


class GroupTold(Told):
    """What ownership, control, family and guarantees tie together, within the scope."""

    exposure_fen: int = Field(
        description="Of each credit line the larger of limit and drawn amount, less the margin."
    )
    drawn_fen: int
    members: list[MemberTold]
    ties: list[TieTold]
    circles: list[list[FirmTold]] = Field(description="Guarantee circles, the shortest first.")
    truncated: bool


class CompletenessTold(Told):
    """How much is known of a customer."""

    percent: int
    next: str | None = Field(description="The category that is most worth asking for.")


def _firm(found: Group, firm: Firm) -> FirmTold:
    known = isinstance(firm, int) and firm in found.names
    return FirmTold(id=firm if known and isinstance(firm, int) else None, name=found.called(firm))


async def get_group(call: Call[Nothing, None]) -> GroupTold:
    """Members, ties and guarantee circles around a customer, as far as the person may see them."""
    found = await groups.group(call.acting, call.id("customer_id"))
    return GroupTold(
        exposure_fen=found.exposure_fen,
        drawn_fen=found.drawn_fen,
        members=[
            MemberTold(
                id=one.id, name=one.name, owner=one.owner, exposure_fen=one.exposure_fen,
                drawn_fen=one.drawn_fen,
            )
            for one in found.members
        ],
        ties=[
            TieTold(
                source=_firm(found, tie.source), target=_firm(found, tie.target), kind=tie.kind
            )
            for tie in found.ties
        ],
        circles=[[_firm(found, firm) for firm in circle] for circle in found.circles],
        truncated=found.truncated,
    )  # fmt: skip


async def get_completeness(call: Call[Nothing, None]) -> CompletenessTold:
    """How much is known of a customer, and what is most worth asking for."""
    found = await completeness.completeness(call.acting, call.id("customer_id"))
    return CompletenessTold(
        percent=found.percent, next=found.next.section if found.next is not None else None
    )


ROUTES = (
    Route(method="GET", path="/customers/{customer_id}/group", scope="customers:read",
          does=get_group, answer=GroupTold, summary="Read the group around a customer"),
    Route(method="GET", path="/customers/{customer_id}/completeness", scope="customers:read",
          does=get_completeness, answer=CompletenessTold,
          summary="Read how much is known of a customer"),
)  # fmt: skip
