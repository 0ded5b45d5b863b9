"""Consents over HTTP: what may be done with a customer's data, asked before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from core import consents
from core.api.route import Route
from core.api.schemas import Given, OneOf, Told
from core.consents import AskPermission
from core.facts.vocabulary import CONSENTS
from core.rules.consents import ACTS

if TYPE_CHECKING:
    from core.acting import Acting
    from core.api.route import Call
    from core.api.schemas import Nothing
    from core.consents import Permit


class PermitTold(Told):
    """Whether an act may be done today."""

    act: Annotated[str, OneOf(ACTS)]
    consent: Annotated[str, OneOf(CONSENTS)]
    state: Literal["given", "missing", "expired", "withdrawn", "spoken"]
    allowed: bool
    sentence: str | None = Field(description="Why not, or what to beware of, for people.")


class PermitsTold(Told):
    """Every act that needs a consent."""

    customer_id: int
    items: list[PermitTold]


class PermissionGiven(Given):
    """What is about to be done."""

    act: Annotated[str, OneOf(ACTS)]


async def list_permits(call: Call[Nothing, None]) -> PermitsTold:
    """What the customer's consents allow today."""
    return await _told(call.acting, call.id("customer_id"))


async def ask_permission(call: Call[Nothing, PermissionGiven]) -> PermitsTold:
    """Ask before an act that needs a consent, a query of the credit bureau above all.

    Allowed, it is written down. Not allowed, it is `consent_missing`, with a sentence that says
    how to get the consent.
    """
    customer_id = await call.perform(AskPermission(call.id("customer_id"), call.body.act))
    return await _told(call.acting, customer_id)


async def _told(acting: Acting, customer_id: int) -> PermitsTold:
    found = await consents.permits(acting, customer_id)
    return PermitsTold(customer_id=customer_id, items=[_permit(acting, one) for one in found])


def _permit(acting: Acting, one: Permit) -> PermitTold:
    said = acting.texts.of(one.sentence).unescape() if one.sentence else None
    return PermitTold.model_validate(
        {"act": one.act, "consent": one.consent, "state": one.state, "allowed": one.allowed,
         "sentence": said}
    )  # fmt: skip


ROUTES = (
    Route(method="GET", path="/customers/{customer_id}/permits", scope="customers:read",
          does=list_permits, answer=PermitsTold, summary="What the consents allow"),
    Route(method="POST", path="/customers/{customer_id}/permits", scope="customers:write",
          kind="change", does=ask_permission, body=PermissionGiven, answer=PermitsTold,
          summary="Ask before an act that needs a consent"),
)  # fmt: skip
