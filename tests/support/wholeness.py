"""What must hold after a journey, however rude: nothing failed, nothing waits."""

from __future__ import annotations

from storage.models import Answer, Inbox, Outbox, Talk


async def nothing_is_wrong() -> None:
    """No update failed or waits, every message is out, every journal is whole."""
    assert not await Inbox.exclude(status="done").values("key", "status", "error")
    assert not await Inbox.filter(attempts__gt=0).values("key", "error")
    assert not await Outbox.exclude(status__in=("sent", "cancelled")).values("cause", "status")
    for talk in await Talk.all():
        entries = await Answer.filter(talk_id=talk.id).order_by("seq")
        assert [entry.seq for entry in entries] == list(range(len(entries)))
