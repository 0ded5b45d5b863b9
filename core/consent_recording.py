"""A consent recorded with the paper that says so, and withdrawn; who and when is in the trail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.documents import AddDocuments, add_documents
from core.errors import Invalid
from core.facts.vocabulary import CONSENTS
from core.facts.writing import AmendFact, RecordFact, amend_fact, record_fact
from storage.models import Consent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.acting import Acting

#: what a consent's paper is among the documents
PAPER = "consent"


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """The customer agreed; the paper that says so is kept with it."""

    customer_id: int
    kind: str
    form: str = "signed"
    valid_until: date | None = None
    #: as conversations/engine/collecting.py describes them
    files: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """The customer agrees no longer."""

    consent_id: int


async def record_consent(acting: Acting, command: RecordConsent) -> dict[str, int]:
    """Record it, with its paper where there is one, and return {"id": …, "customer": …}.

    Raises:
        NotFound: if the customer is none to be seen.
        NotAllowed: if it is not the acting person's to work with.
        Invalid: if the kind or the form is none, or the paper can't be kept.
    """
    if command.kind not in CONSENTS:
        raise Invalid
    until = command.valid_until.isoformat() if command.valid_until else ""
    values = {"kind": command.kind, "given": "1", "form": command.form, "valid_until": until}
    source = "document" if command.files else "customer"
    done = await record_fact(acting, RecordFact(command.customer_id, "consents", values, source))
    if command.files:
        paper = AddDocuments(done["customer"], PAPER, command.files)
        kept = await add_documents(acting, paper)
        await Consent.filter(id=done["id"]).update(paper_id=kept["documents"][-1])
    else:
        await Consent.filter(id=done["id"]).update(paper_id=None)
    return done


async def withdraw_consent(acting: Acting, command: WithdrawConsent) -> dict[str, int]:
    """Take it back, from today on, and return {"id": …, "customer": …}.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if the customer is not the acting person's to work with.
    """
    values = {"given": "0", "valid_until": ""}
    return await amend_fact(acting, AmendFact("consents", command.consent_id, values))
