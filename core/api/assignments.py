"""Who is in charge, over HTTP: give, accept, share, release, claim, hand over, rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import assignments, collaborations, hand_over, pool, recycling, team
from core.api.assignment_schemas import (
    AnsweredTold,
    AppealRuledGiven,
    AssignmentGiven,
    AssignmentTold,
    CollaborationGiven,
    CollaborationTold,
    CustomerRuled,
    HandOverGiven,
    HandOverTold,
    MemberTold,
    NoteGiven,
    Numbered,
    PoolPage,
    PoolTold,
    PortfolioGiven,
    ProposalTold,
    RecyclingRuled,
    ReleaseGiven,
    RightsTold,
    ShareTold,
    UntouchedPage,
    UntouchedTold,
)
from core.api.cursors import from_cursor, to_cursor
from core.api.route import Route
from core.api.schemas import Page, Paged, StaffTold
from core.assignments import AcceptAssignment, AssignCustomer, DeclineAssignment
from core.collaborations import EndCollaboration, ShareCustomer
from core.hand_over import HandOver, Portfolio
from core.people import staff_name
from core.pool import ClaimCustomer, ReleaseCustomer
from core.recycling import AppealRecycling, RuleAppeal, RuleRecycling

if TYPE_CHECKING:
    from core.acting import Acting
    from core.api.route import Call
    from core.api.schemas import Nothing, Page, Paged, StaffTold
    from storage.models import Assignment, Staff


def _staff(staff: Staff | None, acting: Acting) -> StaffTold | None:
    if staff is None:
        return None
    return StaffTold(number=staff.number, name=staff_name(staff, acting.locale))


def assignment_told(one: Assignment, acting: Acting) -> AssignmentTold:
    """An assignment, with its people fetched, as it is told."""
    return AssignmentTold(
        id=one.id,
        customer_id=one.customer_id,
        kind=one.kind,
        from_staff=_staff(one.from_staff, acting),
        to_staff=_staff(one.to_staff, acting),
        reason=one.reason,
        note=one.note,
        at=one.at,
        accept_by=one.accept_by,
        accepted_at=one.accepted_at,
        declined_at=one.declined_at,
    )


async def list_assignments(call: Call[Paged, None]) -> Page[AssignmentTold]:
    """How a customer changed hands, the latest first."""
    asked = call.query
    found = await assignments.history(
        call.acting, call.id("customer_id"), before=from_cursor(asked.cursor),
        limit=asked.limit + 1,
    )  # fmt: skip
    items = [assignment_told(one, call.acting) for one in found[: asked.limit]]
    more = len(found) > asked.limit
    return Page[AssignmentTold](items=items, next=to_cursor(items[-1].id) if more else None)


async def get_rights(call: Call[Nothing, None]) -> RightsTold:
    """Who is in charge of a customer, and who helps."""
    customer, owner = await assignments.in_charge(call.acting, call.id("customer_id"))
    helping = await collaborations.collaborators(call.acting, customer.id)
    return RightsTold(
        customer_id=customer.id,
        owner=_staff(owner, call.acting),
        collaborations=[
            CollaborationTold(id=one.id, staff_id=one.staff_id, name=one.name, level=one.level)
            for one in helping
        ],
    )


async def assign_customer(call: Call[Nothing, AssignmentGiven]) -> AssignmentTold:
    """Put somebody in charge of a customer."""
    given = call.body
    made = await call.perform(
        AssignCustomer(
            call.id("customer_id"), given.to_staff_id, given.reason, given.note,
            tuple(given.left_out),
        )
    )  # fmt: skip
    return assignment_told(await assignments.assignment(made), call.acting)


async def accept_assignment(call: Call[Nothing, None]) -> AnsweredTold:
    """Accept what was given, with all of its hand-over."""
    return AnsweredTold(count=await call.perform(AcceptAssignment(call.id("assignment_id"))))


async def decline_assignment(call: Call[Nothing, NoteGiven]) -> AssignmentTold:
    """Say that it can't be taken, and why."""
    made = await call.perform(DeclineAssignment(call.id("assignment_id"), call.body.note))
    return assignment_told(await assignments.assignment(made), call.acting)


async def share_customer(call: Call[Nothing, CollaborationGiven]) -> RightsTold:
    """Let a colleague read a customer, or work on it."""
    await call.perform(ShareCustomer(call.id("customer_id"), call.body.staff_id, call.body.level))
    return await get_rights(call)  # type: ignore[arg-type]  # it reads the address only


async def end_collaboration(call: Call[Nothing, None]) -> CustomerRuled:
    """Take it back."""
    ended = await call.perform(EndCollaboration(call.id("collaboration_id")))
    return CustomerRuled(customer_id=ended)


async def release_customer(call: Call[Nothing, ReleaseGiven]) -> AssignmentTold:
    """Give a customer back to the pool."""
    given = call.body
    made = await call.perform(ReleaseCustomer(call.id("customer_id"), given.reason, given.note))
    return assignment_told(await assignments.assignment(made), call.acting)


async def list_pool(call: Call[Numbered, None]) -> PoolPage:
    """What lies in the pool of the caller's branch."""
    found = await pool.pool(call.acting, limit=call.query.limit, offset=int(call.query.offset))
    items = [
        PoolTold(id=one.id, name=one.name, city=one.city, industry=one.industry,
                 grade=one.grade, since=one.since)
        for one in found
    ]  # fmt: skip
    return PoolPage(items=items, size=await pool.pool_size(call.acting))


async def claim_customer(call: Call[Nothing, None]) -> AssignmentTold:
    """Take a customer out of the pool."""
    made = await call.perform(ClaimCustomer(call.id("customer_id")))
    return assignment_told(await assignments.assignment(made), call.acting)


async def propose_hand_over(call: Call[Nothing, PortfolioGiven]) -> ProposalTold:
    """How a portfolio would be shared out; nothing happens."""
    made = await hand_over.propose(call.acting, *_portfolio(call.body))
    return ProposalTold(
        fingerprint=made.fingerprint,
        count=sum(len(pieces) for pieces in made.shares.values()),
        open_follow_ups=made.open,
        shares=[
            ShareTold(
                staff_id=staff.id,
                name=staff_name(staff, call.acting.locale),
                count=len(made.shares[staff.id]),
                before=made.before[staff.id],
            )
            for staff in made.receivers
        ],
    )


async def hand_over_portfolio(call: Call[Nothing, HandOverGiven]) -> HandOverTold:
    """Hand a portfolio over, exactly as it was proposed, in one transaction."""
    given = call.body
    portfolio, to = _portfolio(given)
    done = await call.perform(HandOver(portfolio, to, given.fingerprint, given.reason, given.note))
    return HandOverTold(count=done["count"], receivers=done["receivers"])


def _portfolio(given: PortfolioGiven) -> tuple[Portfolio, tuple[int, ...]]:
    portfolio = Portfolio(given.from_staff_id, given.grade, given.industry, given.city)
    return portfolio, tuple(given.to_staff_ids)


async def list_team(call: Call[Numbered, None]) -> Page[MemberTold]:
    """The colleagues of the units that the caller leads, with what they keep."""
    found = await team.team(call.acting, limit=call.query.limit, offset=int(call.query.offset))
    items = [
        MemberTold(
            id=one.id, name=one.name, number=one.number, role=one.role, unit=one.unit,
            customers=one.load.customers, open_follow_ups=one.load.open,
            overdue=one.load.overdue,
        )
        for one in found
    ]  # fmt: skip
    return Page[MemberTold](items=items, next=None)


async def list_untouched(call: Call[Numbered, None]) -> UntouchedPage:
    """Customers that nobody touched for long: the own ones, or those that wait for a ruling."""
    found = await recycling.running(
        call.acting, limit=call.query.limit, offset=int(call.query.offset)
    )
    return UntouchedPage(
        items=[
            UntouchedTold(
                id=one.id, customer_id=one.customer_id, name=one.name, grade=one.grade,
                owner=one.owner, last_contact=one.last_contact,
            )
            for one in found
        ]
    )  # fmt: skip


async def rule_recycling(call: Call[Nothing, RecyclingRuled]) -> CustomerRuled:
    """Recycle an untouched customer, or keep it with its owner."""
    ruled = await call.perform(RuleRecycling(call.id("recycling_id"), keep=call.body.keep))
    return CustomerRuled(customer_id=ruled)


async def appeal_recycling(call: Call[Nothing, NoteGiven]) -> AssignmentTold:
    """Object to a recycling, once."""
    made = await call.perform(AppealRecycling(call.id("assignment_id"), call.body.note))
    return assignment_told(await assignments.assignment(made), call.acting)


async def rule_appeal(call: Call[Nothing, AppealRuledGiven]) -> CustomerRuled:
    """Rule on an objection: upheld gives the customer back."""
    ruled = await call.perform(RuleAppeal(call.id("assignment_id"), uphold=call.body.uphold))
    return CustomerRuled(customer_id=ruled)


READ, WRITE = "assignments:read", "assignments:write"
ROUTES = (
    Route(method="GET", path="/customers/{customer_id}/assignments", scope=READ,
          does=list_assignments, query=Paged, answer=Page[AssignmentTold],
          summary="How a customer changed hands"),
    Route(method="GET", path="/customers/{customer_id}/rights", scope=READ, does=get_rights,
          answer=RightsTold, summary="Who is in charge, and who helps"),
    Route(method="POST", path="/customers/{customer_id}/assignments", scope=WRITE, kind="change",
          does=assign_customer, body=AssignmentGiven, answer=AssignmentTold, status=201,
          unchanged=get_rights, summary="Put somebody in charge"),
    Route(method="POST", path="/customers/{customer_id}/collaborations", scope=WRITE,
          kind="change", does=share_customer, body=CollaborationGiven, answer=RightsTold,
          status=201, unchanged=get_rights, summary="Let a colleague in"),
    Route(method="POST", path="/customers/{customer_id}/release", scope=WRITE, kind="change",
          does=release_customer, body=ReleaseGiven, answer=AssignmentTold,
          unchanged=get_rights, summary="Give a customer back to the pool"),
    Route(method="DELETE", path="/collaborations/{collaboration_id}", scope=WRITE, kind="change",
          does=end_collaboration, answer=CustomerRuled, summary="End a sharing"),
    Route(method="POST", path="/assignments/{assignment_id}/accept", scope=WRITE, kind="change",
          does=accept_assignment, answer=AnsweredTold, summary="Accept what was given"),
    Route(method="POST", path="/assignments/{assignment_id}/decline", scope=WRITE,
          kind="change", does=decline_assignment, body=NoteGiven, answer=AssignmentTold,
          summary="Say that it can't be taken"),
    Route(method="POST", path="/assignments/{assignment_id}/appeal", scope=WRITE, kind="change",
          does=appeal_recycling, body=NoteGiven, answer=AssignmentTold,
          summary="Object to a recycling"),
    Route(method="POST", path="/assignments/{assignment_id}/ruling", scope=WRITE, kind="change",
          does=rule_appeal, body=AppealRuledGiven, answer=CustomerRuled,
          summary="Rule on an objection"),
    Route(method="GET", path="/pool", scope=READ, does=list_pool, query=Numbered,
          answer=PoolPage, summary="What lies in the pool"),
    Route(method="POST", path="/pool/{customer_id}/claim", scope=WRITE, kind="change",
          does=claim_customer, answer=AssignmentTold, status=201,
          summary="Take a customer out of the pool"),
    Route(method="GET", path="/recyclings", scope=READ, does=list_untouched, query=Numbered,
          answer=UntouchedPage, summary="Customers untouched for long"),
    Route(method="POST", path="/recyclings/{recycling_id}/ruling", scope=WRITE, kind="change",
          does=rule_recycling, body=RecyclingRuled, answer=CustomerRuled,
          summary="Recycle or keep"),
    Route(method="GET", path="/team", scope=READ, does=list_team, query=Numbered,
          answer=Page[MemberTold], summary="The team with what everybody keeps"),
    Route(method="POST", path="/hand-overs/proposals", scope=READ, does=propose_hand_over,
          body=PortfolioGiven, answer=ProposalTold, kind="change",
          summary="How a portfolio would be shared out"),
    Route(method="POST", path="/hand-overs", scope=WRITE, kind="change",
          does=hand_over_portfolio, body=HandOverGiven, answer=HandOverTold, status=201,
          summary="Hand a portfolio over"),
)  # fmt: skip
