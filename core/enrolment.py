"""How a staff member's chat is opened: a single-use code, then the own phone number.

A stranger learns nothing: wrong, used and expired codes and wrong numbers are refused alike, are
counted, and after a few of them the chat has to wait, longer each time. Codes are kept as hashes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core import audit
from core.acting import Acting, Person
from core.clock import new_token
from core.errors import Conflict, NotAllowed, NotFound
from core.events import StaffEnrolled, StaffInvited
from core.people import person_of
from storage.models import EnrolAttempt, Invitation, Staff

if TYPE_CHECKING:
    from collections.abc import Iterable

VALID_FOR = timedelta(days=3)
FREE_ATTEMPTS = 3
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
REMEMBERED_FOR = timedelta(hours=24)
ADMINISTRATORS = frozenset({"administrator"})


@dataclass(frozen=True, slots=True)
class InviteStaff:
    """Make a code for the staff member with this number."""

    number: str


@dataclass(frozen=True, slots=True)
class RevokeInvitations:
    """Take back the open codes of a staff member."""

    number: str


class EnrolmentRefused(NotAllowed):
    """The door stays shut; the reason is counted, not told."""

    code = "enrolment_refused"

    def __init__(self, reason: str = "", /, **fields: object) -> None:
        super().__init__(**fields)
        self.reason = reason


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _digits(phone: str) -> str:
    return "".join(character for character in phone if character.isdigit())


async def invite_staff(acting: Acting, command: InviteStaff) -> dict[str, str]:
    """Make a single-use code and return {"name", "expires_at"}.

    The code itself is told once, in the event `StaffInvited`, so that no journal keeps it.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such active staff member.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    staff = await Staff.get_or_none(number=command.number.strip(), active=True)
    if staff is None:
        raise NotFound
    await revoke_invitations(acting, RevokeInvitations(command.number))
    code = new_token(18)
    invitation = await Invitation.create(
        code_hash=_hash(code),
        staff=staff,
        created_by_id=acting.person.id or None,
        created_at=acting.now,
        expires_at=acting.now + VALID_FOR,
    )
    await audit.record(acting, "invite", "staff", staff.id)
    acting.emit(StaffInvited(staff.id, code))
    return {
        "name": staff.name_zh if acting.locale == "zh" else staff.name_en,
        "expires_at": invitation.expires_at.isoformat(),
    }


async def revoke_invitations(acting: Acting, command: RevokeInvitations) -> int:
    """Take back a staff member's unused codes and return how many there were.

    Raises:
        NotAllowed: if the acting person is no administrator.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    return await Invitation.filter(
        staff__number=command.number.strip(), used_at=None, revoked_at=None
    ).update(revoked_at=acting.now)


async def wait_before_next(chat_id: int, now: datetime) -> timedelta:
    """How long this chat has to wait before its next attempt is looked at."""
    attempts = await EnrolAttempt.filter(chat_id=chat_id, at__gt=now - REMEMBERED_FOR).order_by(
        "-at"
    )
    counted = [attempt for attempt in attempts if attempt.reason != "too_fast"]
    if len(counted) < FREE_ATTEMPTS:
        return timedelta(0)
    doublings = min(len(counted) - FREE_ATTEMPTS, 16)
    wait: timedelta = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    left: timedelta = counted[0].at + wait - now
    return max(timedelta(0), left)


async def open_invitation(chat_id: int, code: str, now: datetime) -> Invitation:
    """A chat presents a code: from now on it may share its number.

    Raises:
        EnrolmentRefused: with the reason, which the caller counts and does not tell.
    """
    await _refuse_if_too_fast(chat_id, now)
    invitation = await Invitation.get_or_none(code_hash=_hash(code))
    if invitation is None or invitation.revoked_at is not None:
        raise EnrolmentRefused("wrong_code")
    if invitation.used_at is not None:
        raise EnrolmentRefused("used_code")
    if invitation.expires_at <= now:
        raise EnrolmentRefused("expired_code")
    if invitation.opened_chat not in {None, chat_id}:
        raise EnrolmentRefused("used_code")
    invitation.opened_chat = chat_id
    await invitation.save(update_fields=["opened_chat"])
    return invitation


async def enrol(
    chat_id: int, phone: str, *, own: bool, locale: str, now: datetime, cause: str
) -> Acting:
    """The chat shares a number: if it is its own and the invited person's, the chat is theirs.

    The language is the phone's; it can be changed at any time.

    Returns the acting person as enrolled, with the event raised.

    Raises:
        EnrolmentRefused: with the reason, which the caller counts and does not tell.
        Conflict: if the chat belongs to another staff member already.
    """
    await _refuse_if_too_fast(chat_id, now)
    invitation = (
        await Invitation.filter(
            opened_chat=chat_id, used_at=None, revoked_at=None, expires_at__gt=now
        )
        .order_by("-id")
        .first()
        .select_related("staff__unit")
    )
    if invitation is None:
        raise EnrolmentRefused("wrong_code")
    if not own:
        raise EnrolmentRefused("foreign_contact")
    staff = invitation.staff
    if not staff.active or _digits(phone) != _digits(staff.phone):
        raise EnrolmentRefused("wrong_phone")
    if await Staff.filter(chat_id=chat_id).exclude(id=staff.id).exists():
        raise Conflict
    invitation.used_at = now
    await invitation.save(update_fields=["used_at"])
    staff.chat_id = chat_id
    staff.enrolled_at = now
    staff.locale = locale
    staff.unreachable_since = None
    await staff.save(update_fields=["chat_id", "enrolled_at", "unreachable_since", "locale"])
    await EnrolAttempt.filter(chat_id=chat_id).delete()
    acting = Acting(person_of(staff, staff.unit), now, cause)
    await audit.record(acting, "enrol", "staff", staff.id)
    acting.emit(StaffEnrolled(staff.id, chat_id))
    return acting


async def count_refusal(chat_id: int, reason: str, now: datetime) -> None:
    """Remember a refused attempt; the next ones may have to wait for it."""
    await EnrolAttempt.create(chat_id=chat_id, at=now, reason=reason)


async def has_open_invitation(chat_id: int, now: datetime) -> bool:
    """Whether this chat has shown a good code and is asked for its number."""
    return await Invitation.filter(
        opened_chat=chat_id, used_at=None, revoked_at=None, expires_at__gt=now
    ).exists()


async def refusal_counts(since: datetime) -> dict[str, int]:
    """How often the door stayed shut since a moment, by reason."""
    reasons: Iterable[str] = await EnrolAttempt.filter(at__gte=since).values_list(
        "reason", flat=True
    )  # type: ignore[assignment]
    counts: dict[str, int] = {}
    for reason in reasons:
        counts[reason] = counts.get(reason, 0) + 1
    return counts


async def _refuse_if_too_fast(chat_id: int, now: datetime) -> None:
    if await wait_before_next(chat_id, now) > timedelta(0):
        raise EnrolmentRefused("too_fast")


SYSTEM = Person(
    id=0,
    number="",
    name_zh="系统",
    name_en="System",
    role="administrator",
    unit_id=0,
    unit_path="/",
    locale="en",
)
"""Who acts when the command line or a job does: sees the bank, has no chat and no staff row."""
