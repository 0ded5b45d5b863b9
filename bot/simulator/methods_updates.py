"""Methods about how the bot gets its updates: `getUpdates` and the webhook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from telegram.constants import WebhookLimit

from .errors import bad_request, too_many

if TYPE_CHECKING:
    from .call import Call
    from .state import Json
    from .webhooks import Webhook
    from .world import World

_SECRET = re.compile(r"^[A-Za-z0-9_-]+$")


async def get_updates(world: World, call: Call) -> bytes:
    """`getUpdates`: the updates as ready-made JSON."""
    _allow(world, call)
    offset, limit = call.integer("offset"), call.integer("limit", 100)
    timeout = max(0, call.integer("timeout"))
    if world.pace.on:
        # Who asks for the same again and again is made to wait, or gets one update at a time.
        now = world.monotonic()
        before, at = world.updates.last_poll
        if before == offset and timeout < 3 and now - at < 3:
            timeout, limit = 3, 1 if now - at < 0.5 else limit
        world.updates.last_poll = (offset, now)
    return await world.updates.poll(offset, limit, timeout)


def _allow(world: World, call: Call) -> None:
    kinds = call.json("allowed_updates", "allowed_updates")
    if kinds is None:
        return
    if not isinstance(kinds, list):
        raise bad_request("expected an Array of String as allowed_updates")
    world.updates.allow(kinds)


def set_webhook(world: World, call: Call, webhook: Webhook) -> bool:
    """`setWebhook`; an empty address removes it."""
    url = call.text("url")
    if not url:
        return delete_webhook(world, call, webhook)
    parts = urlsplit(url)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        # Like a local Bot API server: plain HTTP is good enough, but on this machine only.
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.text("secret_token")
    if len(secret) > WebhookLimit.MAX_SECRET_TOKEN_LENGTH:
        raise bad_request("secret token is too long")
    if secret and not _SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    if world.pace.on and world.monotonic() - webhook.set_at < 1:
        raise too_many(1)
    most = call.integer("max_connections", 40) or 40
    _allow(world, call)
    if call.flag("drop_pending_updates"):
        world.updates.drop_all()
    webhook.set(url, secret, max(1, min(most, WebhookLimit.MAX_CONNECTIONS_LIMIT)))
    return True


def delete_webhook(world: World, call: Call, webhook: Webhook) -> bool:
    """`deleteWebhook`."""
    webhook.remove()
    if call.flag("drop_pending_updates"):
        world.updates.drop_all()
    return True


def get_webhook_info(world: World, _call: Call, webhook: Webhook) -> Json:
    """`getWebhookInfo`."""
    body: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending()),
    }
    if webhook.url:
        body["max_connections"] = webhook.max_connections
        body["ip_address"] = "127.0.0.1"
    if webhook.last_error:
        body["last_error_date"] = webhook.last_error_date
        body["last_error_message"] = webhook.last_error
    if world.updates.allowed_given:
        body["allowed_updates"] = list(world.updates.allowed_given)
    return body
