"""`staff`: who works for the bank, and what an administrator changes about it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.system import as_system, done
from core import stand_ins
from core.acting import Acting
from core.errors import NotFound
from core.i18n import N_
from core.staff import ActivateStaff, ChangeRole, DeactivateStaff, MoveStaff, RevokePhone
from core.staff_member import Member, listed, member_by_number
from core.stand_ins import AddStandIn, EndStandIn
from core.units import Tree, steps_of
from core.vocabulary import ROLES

Number = Annotated[str, typer.Argument(help="The staff number.")]

staff = typer.Typer(help="Who works for the bank.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(staff, name="staff")


@staff.command("list")
def list_(
    *,
    role: Annotated[str | None, typer.Option(help="Only this role.")] = None,
    left: Annotated[bool, typer.Option("--left", help="Those who have left, too.")] = False,
) -> None:
    """List the staff.

    Example: `roundsman staff list --role rm`
    """
    if role is not None:
        _role(role)
    shown = Table("number", "name", "role", "unit", "phone", "enrolled", "customers")
    for member in as_system(lambda acting: listed(acting, role, left=left), "staff"):
        shown.add_row(
            member.number, escape(f"{member.names['zh']} {member.names['en']}"), member.role,
            escape("/".join(member.unit)), member.phone,
            _state(member), str(member.customers),
        )  # fmt: skip
    Console().print(shown)


@staff.command()
def show(number: Number) -> None:
    """Show one person: role, unit, phone, customers, stand-ins.

    Example: `roundsman staff show 10001`
    """
    member = as_system(lambda acting: member_by_number(acting, number), number)
    typer.echo(f"{member.number} {member.names['zh']} {member.names['en']}")
    typer.echo(f"role       {member.role}")
    typer.echo(f"unit       {'/'.join(member.unit)}")
    typer.echo(f"phone      {member.phone}")
    typer.echo(f"enrolled   {_state(member)}")
    typer.echo(f"customers  {member.customers}")
    for one in member.standing:
        typer.echo(f"stand-in   {one.substitute} for {one.absent}, {_days(one)} (id {one.id})")


@staff.command()
def role(
    number: Number, role: Annotated[str, typer.Argument(help=", ".join(ROLES))]
) -> None:  # fmt: skip
    """Give somebody another role.

    Example: `roundsman staff role 10001 team_leader`
    """
    code = _role(role)

    async def work(acting: Acting) -> None:
        member = await member_by_number(acting, number)
        await done(acting, ChangeRole(member.id, code))

    as_system(work, number)
    typer.echo(f"{number}: {code}")


@staff.command()
def move(
    number: Number,
    unit: Annotated[str, typer.Argument(help="From the head office down: 总行/上海分行/一队.")],
) -> None:
    """Put somebody into another unit; the customers go along.

    Example: `roundsman staff move 10001 总行/上海分行/二队`
    """

    async def work(acting: Acting) -> int:
        member = await member_by_number(acting, number)
        found = (await Tree.load()).find(steps_of(unit))
        if found is None:
            raise NotFound(N_("There is no such unit."))
        return int(await done(acting, MoveStaff(member.id, found.id)))

    moved = as_system(work, number)
    typer.echo(f"{number}: {unit}, with {moved} customers")


@staff.command()
def deactivate(
    number: Number,
    *,
    leave_customers: Annotated[
        bool,
        typer.Option("--leave-customers", help="Customers stay in this name until handed over."),
    ] = False,
) -> None:
    """Somebody leaves the bank: the chat is closed, nothing is deleted.

    Example: `roundsman staff deactivate 10001`
    """

    async def work(acting: Acting) -> None:
        member = await member_by_number(acting, number)
        await done(acting, DeactivateStaff(member.id, leave_customers))

    as_system(work, number)
    typer.echo(f"{number} has left.")


@staff.command()
def activate(number: Number) -> None:
    """Somebody comes back, and can be invited.

    Example: `roundsman staff activate 10001`
    """

    async def work(acting: Acting) -> None:
        member = await member_by_number(acting, number)
        await done(acting, ActivateStaff(member.id))

    as_system(work, number)
    typer.echo(f"{number} is active.")


@staff.command()
def revoke_phone(number: Number) -> None:
    """A phone is lost: end its dialogues and send nothing further to it.

    Example: `roundsman staff revoke-phone 10001`
    """

    async def work(acting: Acting) -> bool:
        member = await member_by_number(acting, number)
        return bool(await done(acting, RevokePhone(member.id)))

    had_one = as_system(work, number)
    typer.echo(f"{number}: the phone is cut off." if had_one else f"{number} had no phone.")


@staff.command()
def stand_in(
    number: Number,
    substitute: Annotated[
        str | None, typer.Argument(help="Who does the work meanwhile: the staff number.")
    ] = None,
    *,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Default: today.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day.")
    ] = None,
    end: Annotated[bool, typer.Option("--end", help="End what runs or is to come.")] = False,
) -> None:
    """Somebody is away, and a colleague stands in.

    Example: `roundsman staff stand-in 10001 10002 --from 2026-12-01 --until 2026-12-04`
    """
    if end == (substitute is not None) or (substitute is not None and last is None):
        raise typer.BadParameter("give either a substitute with --until, or --end")

    async def begin(acting: Acting) -> str:
        absent = await member_by_number(acting, number)
        colleague = await member_by_number(acting, str(substitute))
        zone = ZoneInfo(absent.zone)
        assert last is not None
        from_at = datetime.combine(first.date(), time(), zone) if first else acting.now
        until_at = datetime.combine(last.date() + timedelta(days=1), time(), zone)
        await done(acting, AddStandIn(absent.id, colleague.id, from_at, until_at))
        return f"{colleague.names['en']} stands in for {absent.names['en']} until {last:%Y-%m-%d}."

    async def finish(acting: Acting) -> str:
        absent = await member_by_number(acting, number)
        mine = [one for one in absent.standing if one.absent_id == absent.id]
        for one in mine:
            await done(acting, EndStandIn(one.id))
        return f"{len(mine)} ended."

    typer.echo(as_system(finish if end else begin, number))


def _role(code: str) -> str:
    if code not in ROLES:
        raise typer.BadParameter(f"{code}: one of {', '.join(ROLES)}")
    return code


def _state(member: Member) -> str:
    if not member.active:
        return "left"
    if not member.enrolled:
        return "no"
    return "unreachable" if member.unreachable else "yes"


def _days(one: stand_ins.StandInView) -> str:
    first, until = (at.astimezone(ZoneInfo("Asia/Shanghai")) for at in (one.from_at, one.until_at))
    return f"{first:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M}"
