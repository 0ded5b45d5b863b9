"""Refusals of the simulated Bot API, with Telegram's own numbers and sentences.

Handlers raise `ApiError`; only the HTTP front turns it into a reply and decides whether it counts
as a rule that the bot broke. Telegram writes the first letter of a sentence small after "Bad
Request: ", but leaves names such as BUTTON_DATA_INVALID alone; `bad_request` does the same.
"""

from __future__ import annotations

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request;"
    " make sure that only one bot instance is running"
)
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)


class ApiError(Exception):
    """A refusal that the bot receives as `{"ok": false, ...}`.

    `innocent` marks what no careful bot can avoid, such as a person who deleted the message that
    the bot is about to edit; such a refusal is recorded, but is no violation.
    """

    def __init__(
        self,
        code: int,
        description: str,
        *,
        retry_after: int | None = None,
        innocent: bool = False,
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.innocent = innocent


def bad_request(sentence: str, *, innocent: bool = False) -> ApiError:
    """A 400 with Telegram's prefix and its habit about the first letter."""
    if len(sentence) > 1 and not sentence[1].isupper():
        sentence = sentence[0].lower() + sentence[1:]
    return ApiError(400, f"Bad Request: {sentence}", innocent=innocent)


def forbidden(sentence: str) -> ApiError:
    """A 403: the chat is closed to the bot. People do that; the bot did nothing wrong."""
    return ApiError(403, f"Forbidden: {sentence}", innocent=True)


def conflict(description: str) -> ApiError:
    """A 409: two ways of fetching updates at once."""
    return ApiError(409, description)


def too_many(seconds: int) -> ApiError:
    """A 429 that says how many seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def method_not_found() -> ApiError:
    """What Telegram answers to a method it does not know."""
    return ApiError(404, "Not Found: method not found")


class PhoneError(AssertionError):
    """A person tried what their phone cannot do now; the message shows the chat."""


class NoSuchButton(PhoneError):  # noqa: N818 - read as a sentence in a test's report  # noqa: N818 - read as a sentence in a test's report
    """The screen has no such button; the message lists those that are there."""


class NotSeen(PhoneError):  # noqa: N818 - as above  # noqa: N818 - as above
    """What a test waited for did not appear in time; the message holds the transcript."""
