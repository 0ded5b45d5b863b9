"""A local Telegram: the Bot API over real HTTP, and phones to talk to the bot with.

Tests, benchmarks and `roundsman demo` use `Simulator`; the bot is only given its addresses.
"""

from .botapi import Request, Violation
from .errors import NoSuchButton, NotSeen, PhoneError
from .faults import Fault, FaultKind
from .phones import Phone
from .places import Place
from .queries import CallbackAnswer, InlineAnswer, InlineResult
from .shown import ShownMessage
from .simulator import Simulator
from .state import Button

__all__ = [
    "Button",
    "CallbackAnswer",
    "Fault",
    "FaultKind",
    "InlineAnswer",
    "InlineResult",
    "NoSuchButton",
    "NotSeen",
    "Phone",
    "PhoneError",
    "Place",
    "Request",
    "ShownMessage",
    "Simulator",
    "Violation",
]
