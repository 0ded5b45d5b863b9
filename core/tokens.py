"""Keys to the API: made by an administrator for a staff member, for what, and until when.

A token acts as the staff member it was made for and sees what they see; its scopes only take away.
A system of the bank gets a staff row of its own, with the role and the unit that it needs. Secrets
are kept as hashes and told once, in the event `TokenMade`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core import audit
from core.clock import new_token
from core.enrolment import ADMINISTRATORS
from core.errors import AlreadySettled, Invalid, NotAllowed, NotFound
from core.events import TokenMade
from core.i18n import N_
from core.people import PERSON, person_in
from storage.db import lookup
from storage.models import ApiToken, Staff
from storage.statements import moment, moment_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.acting import Acting, Person

#: what a token may be made for, in the words of the API's description, which is in English
SCOPES = {
    "customers:read": "See customers, their profiles, contacts and facts",
    "customers:write": "Write down, change and end facts about customers",
    "activities:read": "See visits, calls and other contacts",
    "activities:write": "Log, correct and take back visits, calls and other contacts",
    "follow_ups:read": "See follow-ups",
    "follow_ups:write": "Plan, settle and postpone follow-ups",
    "assignments:read": "See who is in charge of which customers, and the pool",
    "assignments:write": "Give, accept, share, release, claim and hand over customers",
    "staff:read": "See colleagues and units",
    "staff:write": "Change colleagues, let them go, cut phones off, arrange stand-ins",
    "staff:invite": "Invite colleagues",
    "export": "Export everything that the person may see",
    "loads:admin": "Load files of rows, and see what became of them",
    "tokens:admin": "Make and revoke tokens",
    "subscriptions:admin": "Say which systems are told what happens",
}
PREFIX = "rdm_"
LONGEST = timedelta(days=366)
NAME_LENGTH = 80
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class CreateToken:
    """Make a token that acts as a staff member."""

    number: str
    name: str
    scopes: Sequence[str]
    days: int = 90


@dataclass(frozen=True, slots=True)
class RevokeToken:
    """Make a token worthless, at once."""

    token_id: int


@dataclass(frozen=True, slots=True)
class Presented:
    """A good token that somebody came with."""

    id: int
    staff_id: int
    scopes: frozenset[str]
    last_used_at: datetime | None


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


async def create_token(acting: Acting, command: CreateToken) -> int:
    """Make a token and return its id; the secret is told once, in the event `TokenMade`.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such active staff member.
        Invalid: if a scope is unknown, the name is missing or the time is too long.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    staff = await Staff.get_or_none(number=command.number.strip(), active=True)
    if staff is None:
        raise NotFound
    name = command.name.strip()
    unknown = sorted(set(command.scopes) - SCOPES.keys())
    if unknown or not command.scopes:
        raise Invalid(N_("There is no scope {scope}."), scope=", ".join(unknown) or "—")
    if not name or len(name) > NAME_LENGTH:
        raise Invalid(N_("Say in at most {most} characters what the token is for."),
                      most=NAME_LENGTH)  # fmt: skip
    if not timedelta(0) < timedelta(days=command.days) <= LONGEST:
        raise Invalid(N_("A token is good for 1 to {most} days."), most=LONGEST.days)
    secret = PREFIX + new_token(32)
    token = await ApiToken.create(
        secret_hash=hashed(secret),
        name=name,
        staff=staff,
        scopes=sorted(set(command.scopes)),
        created_by_id=acting.person.id or None,
        created_at=acting.now,
        expires_at=acting.now + timedelta(days=command.days),
    )
    await audit.record(acting, "create", "token", token.id, staff=staff.id, scopes=token.scopes)
    acting.emit(TokenMade(token.id, secret))
    return int(token.id)


async def revoke_token(acting: Acting, command: RevokeToken) -> int:
    """Revoke it and return its id.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such token.
        AlreadySettled: if it was revoked before.
    """
    token = await visible(acting, command.token_id)
    if token.revoked_at is not None:
        raise AlreadySettled(N_("That token is revoked already."))
    token.revoked_at = acting.now
    await token.save(update_fields=["revoked_at"])
    await audit.record(acting, "revoke", "token", token.id)
    return int(token.id)


async def visible(acting: Acting, token_id: int) -> ApiToken:
    """A token, with whom it acts as.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such token.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    token = await ApiToken.get_or_none(id=token_id).select_related("staff")
    if token is None:
        raise NotFound
    return token


async def tokens(acting: Acting, *, after: int = 0, limit: int = 1000) -> list[ApiToken]:
    """The tokens from one on, those that are good for nothing any more included.

    Raises:
        NotAllowed: if the acting person is no administrator.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    return await ApiToken.filter(id__gt=after).order_by("id").limit(limit).select_related("staff")


_GOOD = "t.revoked_at IS NULL AND t.expires_at > $2 AND s.active"
_BY_SECRET = (
    "SELECT t.id, t.staff_id, t.scopes, t.last_used_at"  # noqa: S608 - constants of this file
    f" FROM api_token t JOIN staff s ON s.id = t.staff_id WHERE t.secret_hash = $1 AND {_GOOD}"
)
_BEHIND = (
    f"SELECT {PERSON} FROM api_token t JOIN staff s ON s.id = t.staff_id"  # noqa: S608 - as above
    f" JOIN unit u ON u.id = s.unit_id WHERE t.id = $1 AND {_GOOD}"
)


async def presented(secret: str, now: datetime) -> Presented | None:
    """The token with this secret, if it is good now; why it is not, nobody is told.

    Written by hand, as every request asks it; so is whom it acts as.
    """
    found = await lookup(_BY_SECRET, hashed(secret), moment(now))
    if not found:
        return None
    [token] = found
    scopes, used = json.loads(token["scopes"]), token["last_used_at"]
    return Presented(
        token["id"], token["staff_id"], frozenset(scopes), moment_of(used) if used else None
    )


async def person_behind(token: Presented, now: datetime) -> Person | None:
    """Whom a token acts as, with everything that they may reach; None once it is worthless."""
    return await person_in(await lookup(_BEHIND, token.id, moment(now)), now)


async def note_use(token: Presented, now: datetime) -> None:
    """Remember that it is in use; to be asked for outside of the request's transaction."""
    await ApiToken.filter(id=token.id).update(last_used_at=now)
