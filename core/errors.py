"""The closed family of refusals: what the bank's rules say no to.

    Refused
    ├── NotFound       there is no such thing (or none that this person may see)
    │   └── NoSuchKind         nothing of that kind can be loaded
    ├── NotAllowed     this person may not do that
    ├── Invalid        what was given cannot be right
    └── Conflict       it no longer fits what is there
        ├── UndoClosed         the ten minutes for taking back are over
        ├── CorrectionClosed   the twenty-four hours for correcting are over
        ├── AlreadySettled     somebody did it already
        ├── AlreadyNudged      the person was asked about it today
        ├── OwnerChanged       somebody else gave the customer away meanwhile
        ├── ClaimLimit         as many customers of that grade as one person may keep
        ├── CoolingDown        it can't be claimed yet
        ├── Overtaken          the chat shows something newer
        ├── UnreadableFile     the file is no table that can be read
        ├── AlreadyCustomer    a firm that is to be added is there already
        ├── ConsentMissing     the customer did not agree to that, or no longer
        ├── OtherFirm          two customers can't be one firm
        ├── FactEnded          what is known is no longer so
        └── StillKeeps         a person who is to leave still has customers

A refusal has a code, fields and a sentence in both languages. The bot shows the sentence, the API
a problem document. Anything else that is raised is an error of ours and is caught only in the
worker and the API's outermost layer.
"""

from __future__ import annotations

from typing import Any, ClassVar

from core.i18n import N_, Text


class Refused(Exception):  # noqa: N818 - a refusal is the domain's word; it is no error of ours
    """The root: a command or read that the rules refuse."""

    code: ClassVar[str] = "refused"
    msgid: ClassVar[str] = N_("That is not possible.")
    kinds: ClassVar[dict[str, type[Refused]]] = {}

    def __init_subclass__(cls) -> None:
        Refused.kinds[cls.code] = cls

    def __init__(self, msgid: str | None = None, /, **fields: Any) -> None:
        self.text = Text(msgid or self.msgid, fields)
        super().__init__(self.code)

    @property
    def fields(self) -> dict[str, Any]:
        """The values named in the sentence."""
        return dict(self.text.params)

    def to_json(self) -> dict[str, Any]:
        """A form that the journal can keep; `from_json` is its inverse."""
        return {"code": self.code, "msgid": self.text.msgid, "fields": self.fields}

    @staticmethod
    def from_json(data: dict[str, Any]) -> Refused:
        """The refusal that `to_json` described; an unknown code comes back as the root."""
        return Refused.kinds.get(data["code"], Refused)(data["msgid"], **data["fields"])


Refused.kinds[Refused.code] = Refused


class NotFound(Refused):
    """There is no such thing, or none that this person may see: the two look alike."""

    code = "not_found"
    msgid = N_("I can't find that, or it isn't yours to see.")


class NotAllowed(Refused):
    """Not for this person to do."""

    code = "not_allowed"
    msgid = N_("You may not do that.")


class Invalid(Refused):
    """What was given cannot be right; the sentence says what to do."""

    code = "invalid"
    msgid = N_("That doesn't look right. Please check and try again.")


class Conflict(Refused):
    """It no longer fits what is there."""

    code = "conflict"
    msgid = N_("That has changed in the meantime. Please look again.")


class UndoClosed(Conflict):
    """The ten minutes for taking back are over."""

    code = "undo_closed"
    msgid = N_("Taking back is possible for ten minutes only. You can still correct the record.")


class ReopenClosed(Conflict):
    """The ten minutes for opening a follow-up again are over, or somebody else called it off."""

    code = "reopen_closed"
    msgid = N_("That can be undone for ten minutes, by who did it. Please plan it anew.")


class CorrectionClosed(Conflict):
    """The twenty-four hours for correcting are over."""

    code = "correction_closed"
    msgid = N_("A record can be corrected for 24 hours. That time is over.")


class AlreadySettled(Conflict):
    """Somebody did it already."""

    code = "already_settled"
    msgid = N_("That is settled already.")


class AlreadyNudged(Conflict):
    """The person was asked about it today."""

    code = "already_nudged"
    msgid = N_("You can ask about the same thing once a day.")


class OwnerChanged(Conflict):
    """Somebody else gave the customer away meanwhile."""

    code = "owner_changed"
    msgid = N_("Somebody changed who is in charge meanwhile. Please look again.")


class ClaimLimit(Conflict):
    """As many customers of that grade as one person may keep."""

    code = "claim_limit"
    msgid = N_(
        "You keep {count} customers of grade {grade}; {most} is the most for claiming more."
    )


class CoolingDown(Conflict):
    """It can't be claimed yet."""

    code = "cooling_down"
    msgid = N_("You can claim this customer from {day} on.")


class Overtaken(Conflict):
    """An undelivered message whose card has shown something newer since."""

    code = "overtaken"
    msgid = N_("The chat shows something newer by now. That message can only be dismissed.")


class FactEnded(Conflict):
    """The row is no longer so; it can be recorded again."""

    code = "fact_ended"
    msgid = N_("That is no longer so. You can record it again.")


class StillKeeps(Conflict):
    """A person who is to leave, or to do something else, still has customers."""

    code = "still_keeps"
    msgid = N_("Customers still kept: {n}. Hand them over first.")


class AlreadyCustomer(Conflict):
    """A firm that is to be added is likely there already."""

    code = "already_customer"
    msgid = N_("{name} looks like the same firm. Open it, or say that this is another one.")


class ConsentMissing(Conflict):
    """The customer did not agree to that, or agrees no longer; the sentence says how to get it."""

    code = "consent_missing"
    msgid = N_("The customer has not agreed to that.")


class OtherFirm(Conflict):
    """Two customers can't be one firm."""

    code = "other_firm"
    msgid = N_("These two have different credit codes, so they are two firms.")
