"""What an alert says and the buttons to act on it, wherever it is shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup

from core import formats
from core.customers import short_name_of
from core.i18n import texts
from core.rules.access import BANK
from core.rules.alerts import ALERTS, REASONS
from core.rules.consents import GREETINGS
from core.screens import Button

if TYPE_CHECKING:
    from datetime import datetime

    from core.acting import Person
    from core.i18n import Texts
    from core.screens import Row
    from storage.models import Alert

#: what became of it
_HOW = {"done": "✅", "dismissed": "✕", "gone": "✔️"}


def alert_line(alert: Alert, person: Person, now: datetime) -> Markup:
    """📉 <b>Huaxing Machinery</b> · Deposits fell · ¥3m → ¥1.98m, in a person's language."""
    kind, t = ALERTS[alert.rule], texts(person.locale)
    about = alert.about or {}
    named = short_name_of(alert.customer, person.locale) if alert.customer else ""
    # A case stands with its customer; a target and a lead are named by themselves.
    said = named or about.get(person.locale) or about.get("en", "")
    name = Markup("<b>{}</b>").format(said) if said else said
    parts = [name, t(kind.label), *_facts(alert, person, now)]
    return Markup("{} {}").format(kind.icon, Markup(" · ").join(part for part in parts if part))


def _facts(alert: Alert, person: Person, now: datetime) -> list[Markup | str]:
    t, locale = texts(person.locale), person.locale
    one = alert.crossing
    if alert.about and "who" in alert.about:
        # A day of a person's is for those who work with the customer.
        said: list[Markup | str] = [str(alert.about["who"])]
        if one is not None and one.day is not None and person.role not in BANK:
            said.append(formats.day(one.day, locale, now.astimezone(ZoneInfo(person.zone)).date()))
        return said
    if alert.about and "first" in alert.about:
        n = int(alert.about["first"])
        return [t.plural("{n} customer already", "{n} customers already", n)]
    if alert.about:
        return _told_about(alert, person, now)
    if alert.rule == "silent" and alert.customer is not None:
        last = alert.customer.last_contact_at
        zone = ZoneInfo(person.zone)
        return [formats.days_ago(last, zone, locale, now) if last else t("no contact yet")]
    if one is None:
        return []
    said = []
    if one.before_fen is not None and one.amount_fen is not None:
        before, after = (formats.rounded(fen, locale) for fen in (one.before_fen, one.amount_fen))
        said.append(f"{before} → {after}")
    elif one.amount_fen:
        said.append(formats.rounded(one.amount_fen, locale))
    if one.day is not None:
        said.append(formats.day(one.day, locale, now.astimezone(ZoneInfo(person.zone)).date()))
    return said


def _told_about(alert: Alert, person: Person, now: datetime) -> list[Markup | str]:
    t, about = texts(person.locale), alert.about
    today = now.astimezone(ZoneInfo(person.zone)).date()
    day = formats.day(date.fromisoformat(about["day"]), person.locale, today)
    if alert.rule == "target_behind":
        reached = t("{reached}% of it, {expected}% would be on pace", reached=about["reached"],
                    expected=about["expected"])  # fmt: skip
        return [reached, t("until {day}", day=day)]
    if alert.rule == "case_near_limit":
        return [str(about[person.locale]), t("until {day}", day=day)]
    return [t("since {day}", day=day)]


def settled_line(alert: Alert, person: Person, now: datetime) -> Markup:
    """✅ with the line itself, and by whom and why."""
    t = texts(person.locale)
    by = alert.settled_by
    name = "" if by is None else (by.name_zh if person.locale == "zh" else by.name_en)
    why = t(REASONS[alert.reason]) if alert.reason in REASONS else ""
    tail = Markup(" · ").join(Markup("{}").format(part) for part in (name, why) if part)
    line = Markup("{} {}").format(_HOW[alert.how], alert_line(alert, person, now))
    return Markup("{}\n{}").format(line, tail) if tail else line


def alert_buttons(t: Texts, alert: Alert, telling: int | None = None) -> tuple[Row, ...]:
    """What to do about it; done, tomorrow, not relevant; in a message of several, its id."""
    of_it = (alert.id,) if telling is None else (alert.id, telling)
    ends = (
        Button.run(t("✅ Done"), "alert_done", *of_it),
        Button.run(t("💤 Tomorrow"), "alert_later", *of_it),
        Button.open(t("✕ Not relevant"), "alert_why", *of_it),
    )
    return tuple(row for row in (_acts(t, alert, telling), ends) if row)


def profile_button(t: Texts, alert: Alert) -> Row:
    """The way to the customer, where there is one."""
    if alert.customer_id is None:
        return ()
    return (Button.open(t("👤 Profile"), "profile", alert.customer_id),)


def _acts(t: Texts, alert: Alert, telling: int | None) -> Row:
    if alert.about and "first" in alert.about:
        return (Button.open(t("📋 Which"), "standing", alert.rule, 0),)
    if alert.customer_id is None:
        return ()
    if alert.rule in GREETINGS:
        of_it = (alert.id,) if telling is None else (alert.id, telling)
        return (
            Button.run(t("📞 Called"), "alert_greeted", "call", *of_it),
            Button.run(t("💬 Wrote"), "alert_greeted", "wechat", *of_it),
            Button.open(t("👤 Profile"), "profile", alert.customer_id),
        )
    log = Button.start(t("📝 Log"), "log_visit", alert.customer_id)
    if alert.rule == "plan_missed" and alert.crossing is not None:
        plan, follow_up = alert.crossing.mark.split(":")
        return (
            log,
            Button.start(t("⏰ Move"), "postpone", follow_up),
            Button.open(t("❓ Why missed"), "weekly_miss", plan),
        )
    return (
        log,
        Button.start(t("⏰ Plan"), "plan", alert.customer_id),
        Button.open(t("👤 Profile"), "profile", alert.customer_id),
    )
