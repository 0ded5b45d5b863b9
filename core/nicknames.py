"""What a person calls a customer, remembered when they correct what was understood.

For this person only. It works in lines and in search before every other reading, as long as the
customer is in their scope; it goes over in a merge and ends when the customer leaves them. What is
another customer's name, or an everyday word, is not remembered (core/language/nicknames.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import audit, customers
from core.errors import Invalid, NotFound
from core.i18n import N_
from core.language.nicknames import fits, same_name
from core.rules.access import visible_customers
from storage import search
from storage.models import Customer, Nickname
from storage.names import fold

if TYPE_CHECKING:
    from core.acting import Acting

#: of one person; more than these, and the oldest ends
MOST = 100
SAID_LENGTH = 40
_NAMESAKES = 10


@dataclass(frozen=True, slots=True)
class RememberNickname:
    """I call this customer so."""

    customer_id: int
    said: str


@dataclass(frozen=True, slots=True)
class ForgetNickname:
    """I call it so no longer."""

    nickname_id: int


@dataclass(frozen=True, slots=True)
class NicknameView:
    """A word of the acting person's, and whom it means."""

    id: int
    said: str
    customer_id: int
    customer: str


async def remember_nickname(acting: Acting, command: RememberNickname) -> int:
    """Remember it and return its id.

    Raises:
        NotFound: if the customer is none to be seen.
        Invalid: if the word means something else, too.
    """
    customer = await customers.visible(acting, command.customer_id)
    made = await remember(acting, customer, command.said)
    if made is None:
        raise Invalid(N_("That word means other things, too. Please take one of your own."))
    return int(made.id)


async def remember(acting: Acting, customer: Customer, said: str) -> Nickname | None:
    """Remember it where it can stand for this customer alone; None where it can't."""
    said = " ".join(said.split())[:SAID_LENGTH]
    folded = fold(said)
    if not acting.person.id or not folded or not fits(said, acting.local_now):
        return None
    if same_name(said, customer.name_zh, customer.name_en, customer.short_name):
        return None
    if await _anothers(acting, customer, said):
        return None
    known = await Nickname.get_or_none(staff_id=acting.person.id, folded=folded)
    if known is not None and known.ended_at is None and known.customer_id == customer.id:
        return known
    made, _ = await Nickname.update_or_create(
        {"customer_id": customer.id, "said": said, "made_at": acting.now, "ended_at": None},
        staff_id=acting.person.id, folded=folded,
    )  # fmt: skip
    await audit.record(acting, "nickname", "customer", customer.id)
    await _keep_to_the_limit(acting)
    return made


async def _anothers(acting: Acting, customer: Customer, said: str) -> bool:
    """Whether another customer of theirs really has this name."""
    where, args = visible_customers(acting.person).where("c")
    hits = await search.find_customers(said, where, args, limit=_NAMESAKES)
    others = await Customer.filter(id__in=[hit.id for hit in hits if hit.id != customer.id] or [0])
    return any(same_name(said, one.name_zh, one.name_en, one.short_name) for one in others)


async def _keep_to_the_limit(acting: Acting) -> None:
    running = Nickname.filter(staff_id=acting.person.id, ended_at=None)
    beyond = await running.order_by("-made_at", "-id").offset(MOST).limit(MOST)
    if beyond:
        await Nickname.filter(id__in=[one.id for one in beyond]).update(ended_at=acting.now)


async def forget_nickname(acting: Acting, command: ForgetNickname) -> int:
    """Take it away and return the customer's id.

    Raises:
        NotFound: if it is none of the acting person's.
    """
    found = await Nickname.get_or_none(
        id=command.nickname_id, staff_id=acting.person.id, ended_at=None
    )
    if found is None:
        raise NotFound
    found.ended_at = acting.now
    await found.save(update_fields=["ended_at"])
    await audit.record(acting, "forget_nickname", "customer", found.customer_id)
    return found.customer_id


async def nicknames(acting: Acting, *, limit: int, offset: int = 0) -> list[NicknameView]:
    """The acting person's words, the latest first, for customers that they see."""
    found = (
        await Nickname.filter(
            visible_customers(acting.person).through("customer__"),
            staff_id=acting.person.id, ended_at=None, customer__merged_into_id=None,
        )
        .order_by("-made_at", "-id").offset(offset).limit(limit).select_related("customer")
    )  # fmt: skip
    return [
        NicknameView(
            one.id, one.said, one.customer_id,
            customers.short_name_of(one.customer, acting.locale),
        )
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class NicknameOf:
    """Reads what the acting person calls a customer by a word; None where it was not kept."""

    customer_id: int
    said: str

    async def __call__(self, acting: Acting) -> dict[str, int | str] | None:
        """{"id": …, "said": …}."""
        found = await Nickname.get_or_none(
            staff_id=acting.person.id,
            folded=fold(self.said),
            customer_id=self.customer_id,
            ended_at=None,
        )
        return None if found is None else {"id": found.id, "said": found.said}
