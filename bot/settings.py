"""Settings, from the environment or `.env`: frozen, checked at start, documented from here.

Every name is prefixed with ROUNDSMAN_. `docs/settings.md` is generated from this file by
`roundsman settings --markdown` and checked by a test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Role = Literal["intake", "worker", "sender", "jobs", "downloads", "api"]
ALL_ROLES: tuple[Role, ...] = ("intake", "worker", "sender", "jobs", "downloads", "api")


class Settings(BaseSettings):
    """Everything that can be set from outside."""

    model_config = SettingsConfigDict(
        env_prefix="ROUNDSMAN_", env_file=".env", env_file_encoding="utf-8", frozen=True,
        extra="ignore",
    )  # fmt: skip

    token: SecretStr = Field(
        SecretStr(""), description="The bot's token, as BotFather gave it. Needed by `run`."
    )
    database_url: str = Field(
        "sqlite://data/roundsman.db",
        description="Where everything is kept: `sqlite://PATH` or `postgresql://USER@HOST/NAME`.",
    )
    data_dir: Path = Field(Path("data"), description="Folder for attachments.")
    drop_dir: str = Field(
        "",
        description="Folder that is watched for the bank's files (role jobs), named by what they "
        "hold: `balances-20261126.csv`. Without it none is.",
    )
    api_base: str = Field(
        "https://api.telegram.org/bot",
        description="Address of the Bot API up to the token; the simulator's in the demo.",
    )
    file_base: str = Field(
        "https://api.telegram.org/file/bot",
        description="Address of the Bot API's files up to the token.",
    )
    public_url: str = Field(
        "",
        description="Public https address of this process. When set, updates come by webhook "
        "instead of long polling.",
    )
    api_public_url: str = Field(
        "",
        description="Public https address of the API, for the private addresses of calendars. "
        "Empty: there are none.",
    )
    webhook_secret: SecretStr = Field(
        SecretStr(""),
        description="Secret that Telegram sends along with each webhook call (1-256 characters of "
        "A-Za-z0-9_-). Needed with a public URL.",
    )
    listen_host: str = Field("127.0.0.1", description="Address to listen on for the webhook.")
    listen_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        8443, description="Port to listen on for the webhook."
    )
    roles: tuple[Role, ...] = Field(
        ALL_ROLES,
        description="What this process does, as a JSON list: " + ", ".join(ALL_ROLES) + ".",
    )
    api_address: str = Field(
        "",
        description="HOST:PORT to serve the HTTP API at, `127.0.0.1:8080`. Without it there is "
        "none.",
    )
    api_requests_per_minute: Annotated[int, Field(ge=1)] = Field(
        600, description="Requests a minute that each token of the API is good for."
    )
    metrics_address: str = Field(
        "",
        description="HOST:PORT to serve `/metrics`, `/healthz` and `/readyz` at. Without it there "
        "are no metrics.",
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        8,
        description="Chats handled at once by this process (one on SQLite, which has one writer).",
    )
    senders: Annotated[int, Field(ge=1, le=64)] = Field(
        16, description="Chats that this process delivers to at once."
    )
    messages_per_second: Annotated[float, Field(gt=0)] = Field(
        29.5,
        description="Messages a second in all; Telegram's limit is 30. The senders on one "
        "PostgreSQL share it.",
    )
    give_up_after: Annotated[int, Field(ge=1)] = Field(
        5, description="Attempts at handling an update before it goes to the dead letters."
    )
    quiet_from: Annotated[int, Field(ge=0, le=23)] = Field(
        20, description="Hour from which only replies are delivered, on the receiver's clock."
    )
    quiet_until: Annotated[int, Field(ge=0, le=23)] = Field(
        8, description="Hour at which alerts are delivered again."
    )
    dialogue_hours: Annotated[int, Field(ge=1)] = Field(
        24, description="Hours after which an untouched dialogue is closed (it can be resumed)."
    )
    protect_content: bool = Field(
        default=True, description="Send customer data so that it can't be forwarded or saved."
    )
    shown_seconds: Annotated[int, Field(ge=10, le=86_400)] = Field(
        120,
        description="Seconds that a masked number, shown for a reason, stays in the chat. It is "
        "taken away within half a minute after.",
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="How the log is written."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="The least important line that is logged."
    )

    @field_validator("public_url")
    @classmethod
    def _https(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError("the public URL must begin with https://")
        return value.rstrip("/")

    @field_validator("api_address", "metrics_address")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        if value:
            address(value)
        return value


def address(value: str) -> tuple[str, int]:
    """The parts of HOST:PORT.

    Raises:
        ValueError: if it is none.
    """
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise ValueError("give HOST:PORT, as in 127.0.0.1:8080")
    return host.strip("[]"), int(port)
