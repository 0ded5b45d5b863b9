"""Pages: a read shown as a screen. One page a file; `PAGES` is the table of contents.

A page takes the acting person and the words of its button, asks core, and gives a screen. It
changes nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from conversations.pages.activity import activity
from conversations.pages.agenda import agenda
from conversations.pages.alert_rules import alert_rule, alert_rule_history, alert_rules
from conversations.pages.alerts import alert, alert_why, alerts, standing, telling
from conversations.pages.audit import audit, audit_search
from conversations.pages.calendar import calendar
from conversations.pages.confirmations import confirmation, confirmations
from conversations.pages.contacts import contacts
from conversations.pages.document import document, documents
from conversations.pages.dossier import dossier
from conversations.pages.duplicates import duplicates
from conversations.pages.fact import fact
from conversations.pages.follow_up import follow_up
from conversations.pages.found import found
from conversations.pages.grade import grade
from conversations.pages.group import group
from conversations.pages.help import help_page
from conversations.pages.here import door
from conversations.pages.history import history
from conversations.pages.home import home
from conversations.pages.invitation import invitation
from conversations.pages.language import language
from conversations.pages.lasting import lasting
from conversations.pages.loads import loads
from conversations.pages.nearby import nearby
from conversations.pages.nicknames import nicknames
from conversations.pages.no_sign import no_sign, pool_alerts
from conversations.pages.pack import pack
from conversations.pages.pool import pool
from conversations.pages.profile import profile
from conversations.pages.promises import promise, promises
from conversations.pages.rights import rights
from conversations.pages.section import section
from conversations.pages.sections import sections
from conversations.pages.series import all_series, series
from conversations.pages.staff_member import staff_member
from conversations.pages.stand_in import stand_in
from conversations.pages.team import member, team
from conversations.pages.team_day import member_day, team_day
from conversations.pages.untouched import untouched
from conversations.pages.week import week
from conversations.pages.weekly import weekly, weekly_item, weekly_miss, weekly_team
from conversations.pages.weekly_kept import weekly_kept
from conversations.pages.wishes import wish, wishes
from conversations.words import takes

if TYPE_CHECKING:
    from core.acting import Acting
    from core.screens import Screen

Page = Callable[..., Awaitable["Screen"]]

PAGES: dict[str, Page] = {
    "home": home,
    "help": help_page,
    "language": language,
    "found": found,
    "profile": profile,
    "contacts": contacts,
    "history": history,
    "activity": activity,
    "agenda": agenda,
    "calendar": calendar,
    "door": door,
    "week": week,
    "weekly": weekly,
    "weekly_item": weekly_item,
    "weekly_miss": weekly_miss,
    "weekly_team": weekly_team,
    "weekly_kept": weekly_kept,
    "alerts": alerts,
    "alert": alert,
    "alert_why": alert_why,
    "telling": telling,
    "wishes": wishes,
    "wish": wish,
    "alert_rules": alert_rules,
    "alert_rule": alert_rule,
    "alert_rule_history": alert_rule_history,
    "standing": standing,
    "audit": audit,
    "audit_search": audit_search,
    "follow_up": follow_up,
    "lasting": lasting,
    "series": series,
    "all_series": all_series,
    "nearby": nearby,
    "nicknames": nicknames,
    "invitation": invitation,
    "confirmation": confirmation,
    "confirmations": confirmations,
    "promises": promises,
    "promise": promise,
    "rights": rights,
    "team": team,
    "member": member,
    "team_day": team_day,
    "member_day": member_day,
    "loads": loads,
    "pool": pool,
    "pool_alerts": pool_alerts,
    "no_sign": no_sign,
    "pack": pack,
    "untouched": untouched,
    "staff_member": staff_member,
    "stand_in": stand_in,
    "sections": sections,
    "section": section,
    "dossier": dossier,
    "document": document,
    "documents": documents,
    "duplicates": duplicates,
    "fact": fact,
    "group": group,
    "grade": grade,
}


async def show(acting: Acting, name: str, *args: str) -> Screen | None:
    """The page of that name, or None where there is none (crafted or outdated buttons)."""
    page = PAGES.get(name)
    return await page(acting, *args) if page is not None and takes(page, 1, args) else None
