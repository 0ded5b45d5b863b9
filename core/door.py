"""What a relationship manager needs at the door beside whom to ask for and what was promised.

What the customer holds with us and could use, what changed since this person last looked, and
what to beware of. Looks come in rounds: within half an hour of the last one the news stays news.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.facts import trail
from core.rules import consents as rules
from core.rules.cautions import Dealing, Standing, cautions
from core.rules.next_product import next_product
from storage.db import lookup, rows
from storage.models import Change
from storage.queues import millis
from storage.statements import day_of, moment

if TYPE_CHECKING:
    from datetime import date

    from core.acting import Acting
    from core.facts.trail import ChangeView
    from core.rules.cautions import Caution
    from storage.models import Customer

ROUND = timedelta(minutes=30)
NEWS = 3


@dataclass(frozen=True, slots=True)
class Door:
    """The customer with us, as of today."""

    #: codes of products, those with the largest amounts first
    holds: tuple[str, ...]
    #: a product that suits its trade and is not held
    could_use: str | None
    #: sum of the open accounts that are no loans, in fen; None where there is none
    balance_fen: int | None
    balance_as_of: date | None
    limit_fen: int
    drawn_fen: int
    #: the latest changes since the last round of looks, and how many there are
    news: tuple[ChangeView, ...]
    changes: int
    #: when this person looked before; None the first time
    looked: datetime | None
    cautions: tuple[Caution, ...]


async def door(
    acting: Acting, customer: Customer, last_outcome: str | None, *, look: bool = True
) -> Door:
    """Read it, and remember that this person looked now, unless it is only told."""
    dealings = await _dealings(customer.id)
    looked = await (_look if look else _looked)(acting, customer.id)
    news, changes = await _news(acting, customer, looked)
    agreed = {str(one["product"]): _agreed(one) for one in dealings if one["what"] == "consent"}
    held = tuple(one["product"] for one in dealings if one["what"] == "holding")
    lines = [one for one in dealings if one["what"] == "line"]
    accounts = [one for one in dealings if one["what"] == "account"]
    standing = Standing(
        today=acting.local_now.date(),
        status=customer.status,
        licence_expires=customer.licence_expires,
        dealings=tuple(_dealing(one) for one in dealings if one["what"] in {"line", "other"}),
        last_outcome=last_outcome,
        consents=agreed,
    )
    offers = (held or lines) and rules.allowed("market", agreed, standing.today)
    return Door(
        holds=held,
        could_use=next_product(customer.industry, held) if offers else None,
        balance_fen=sum(one["fen"] or 0 for one in accounts) if accounts else None,
        balance_as_of=max((day_of(one["day"]) for one in accounts if one["day"]), default=None),
        limit_fen=sum(one["fen"] or 0 for one in lines),
        drawn_fen=sum(one["owed"] or 0 for one in lines),
        news=news,
        changes=changes,
        looked=looked,
        cautions=cautions(standing),
    )


_DEALINGS = """
SELECT 'holding' AS what, product, amount_fen AS fen, 0 AS owed, 0 AS overdue,
       '' AS class, NULL AS day
  FROM holding WHERE customer_id = $1 AND ended_at IS NULL
UNION ALL
SELECT 'line', product, limit_fen, drawn_fen, overdue_fen, classification, matures
  FROM credit_line WHERE customer_id = $1 AND ended_at IS NULL
UNION ALL
SELECT 'account', kind, balance_fen, 0, 0, '', as_of
  FROM account WHERE customer_id = $1 AND ended_at IS NULL AND closed IS NULL AND kind <> 'loan'
UNION ALL
SELECT 'other', bank, limit_fen, balance_fen, 0, 'normal', matures
  FROM other_bank WHERE customer_id = $1 AND ended_at IS NULL
UNION ALL
SELECT 'consent', kind, CASE WHEN given THEN 1 ELSE 0 END, 0, 0, form, valid_until
  FROM consent WHERE customer_id = $1 AND ended_at IS NULL
"""


async def _dealings(customer_id: int) -> list[dict[str, Any]]:
    found = await lookup(_DEALINGS, customer_id)
    return sorted(found, key=lambda one: (-(one["fen"] or 0), str(one["product"])))


def _agreed(one: dict[str, Any]) -> rules.Agreed:
    return rules.Agreed(bool(one["fen"]), one["class"], day_of(one["day"]) if one["day"] else None)


def _dealing(one: dict[str, Any]) -> Dealing:
    return Dealing(
        matures=day_of(one["day"]) if one["day"] else None,
        owed_fen=one["owed"] or one["fen"] or 0,
        overdue_fen=one["overdue"] or 0,
        classification=one["class"],
        bank=str(one["product"]) if one["what"] == "other" else "",
    )


_LOOK = """
INSERT INTO look (staff_id, customer_id, at, before_at) VALUES ($1, $2, $3, NULL)
ON CONFLICT (staff_id, customer_id) DO UPDATE SET
  before_at = CASE WHEN look.at <= $4 THEN look.at ELSE look.before_at END, at = $3
RETURNING before_at
"""


async def _look(acting: Acting, customer_id: int) -> datetime | None:
    """Note the look; when the round of looks before this one ended."""
    now = millis(acting.now)
    since = now - int(ROUND.total_seconds() * 1000)
    [row] = await rows(_LOOK, acting.person.id, customer_id, now, since)
    before = row["before_at"]
    return None if before is None else datetime.fromtimestamp(before / 1000, UTC)


async def _looked(acting: Acting, customer_id: int) -> datetime | None:
    """When this person looked last."""
    found = await lookup(
        "SELECT at FROM look WHERE staff_id = $1 AND customer_id = $2",
        acting.person.id, customer_id,
    )  # fmt: skip
    return datetime.fromtimestamp(found[0]["at"] / 1000, UTC) if found else None


_NEW = "FROM change WHERE customer_id = $1 AND at > $2 AND (by_id IS NULL OR by_id <> $3)"
_LATEST = f"SELECT id {_NEW} ORDER BY at DESC, id DESC LIMIT {NEWS + 1}"
_HOW_MANY = f"SELECT COUNT(*) AS n {_NEW}"


async def _news(
    acting: Acting, customer: Customer, looked: datetime | None
) -> tuple[tuple[ChangeView, ...], int]:
    """What others changed since then; mostly nothing, so only the numbers are looked up first."""
    if looked is None:
        return (), 0
    wanted = customer.id, moment(looked), acting.person.id
    latest = [row["id"] for row in await lookup(_LATEST, *wanted)]
    if not latest:
        return (), 0
    [counted] = await lookup(_HOW_MANY, *wanted)
    found = await Change.filter(id__in=latest[:NEWS]).order_by("-at", "-id").select_related("by")
    return trail.shown(acting, found), counted["n"]
