"""Councils: made by an order, changed, closed; who sits in them."""

from dataclasses import dataclass
from datetime import date, timedelta

from common.authorship import deed
from common.errors import Refused
from consultations.councils import ONE_OF, CouncilKind, MemberRole, SittingState
from consultations.models import Council, CouncilMember
from consultations.services.sitting_steps import members_invite
from school.models import Staff, User
from school.selectors import current_year


@dataclass(frozen=True)
class Order:
    """By what a council exists."""

    number: str = ""
    on: date | None = None
    regulation: str = ""


@deed
def council_make(*, by: User, kind: CouncilKind, order: Order) -> Council:
    """Make the council of this year. Raises `Refused` when there is one, or the order has half of its marks."""
    school = by.school
    year = current_year(school) if school is not None else None
    if school is None or year is None:
        raise Refused("Учебного года ещё нет: совет создают на учебный год.")
    if Council.objects.filter(school=school, year=year, kind=kind, ended_on__isnull=True).exists():
        raise Refused("Такой совет на этот год уже есть: откройте его в списке.")
    council = Council(school=school, year=year, kind=kind, created_at=school.now())
    return _write(council, order)


@deed
def council_change(*, by: User, council: Council, order: Order) -> Council:
    """Correct the order and the regulation."""
    return _write(_locked(council), order)


@deed
def council_close(*, by: User, council: Council, on: date) -> Council:
    """The council works no longer from the next day on. Raises `Refused` while sittings are planned after it."""
    row = _locked(council)
    if row.ended_on is not None:
        raise Refused("Совет уже закрыт.")
    if row.sittings.filter(state=SittingState.PLANNED).exists():
        raise Refused("У совета есть запланированные заседания: отмените их или проведите.")
    if on > row.school.today():
        raise Refused("Этот день ещё не наступил. Проверьте дату.")
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    return row


@deed
def council_reopen(*, by: User, council: Council) -> Council:
    """Take back a closing. Raises `Refused` when another council of the kind works."""
    row = _locked(council)
    others = Council.objects.filter(school=row.school, year=row.year, kind=row.kind, ended_on__isnull=True)
    if others.exclude(pk=row.pk).exists():
        raise Refused("В этом году уже работает другой такой совет.")
    row.ended_on = None
    row.save(update_fields=["ended_on"])
    return row


@deed
def member_add(*, by: User, council: Council, staff: Staff, role: MemberRole, begins: date) -> CouncilMember:
    """Take a person in. Raises `Refused` for one who is in it, and for a second chair or secretary."""
    row = _locked(council)
    if row.ended_on is not None:
        raise Refused("Совет закрыт: состав больше не меняют.")
    if staff.school_id != row.school_id:
        raise Refused("В совет входят сотрудники школы.")
    _check(row, staff, role, begins, None)
    member = CouncilMember.objects.create(council=row, staff=staff, role=role, begins=begins)
    _invite(row)
    return member


@deed
def member_change(*, by: User, member: CouncilMember, role: MemberRole, begins: date, ends: date | None) -> None:
    """Correct a person's place and days; `ends` is the last day in the council. Raises as `member_add`."""
    council = _locked(member.council)
    if ends is not None and ends < begins:
        raise Refused("Последний день раньше первого. Проверьте даты.")
    _check(council, member.staff, role, begins, ends, without=member.pk)
    CouncilMember.objects.filter(pk=member.pk).update(role=role, begins=begins, ends=ends)
    _invite(council)


def _invite(council: Council) -> None:
    """Sittings to come know of the change."""
    for sitting in council.sittings.filter(state=SittingState.PLANNED).select_for_update(of=("self",)):
        members_invite(sitting)


def _check(
    council: Council, staff: Staff, role: MemberRole, begins: date, ends: date | None, without: int | None = None
) -> None:
    others = council.members.exclude(ends__lt=begins)
    if without is not None:
        others = others.exclude(pk=without)
    if ends is not None:
        others = others.exclude(begins__gt=ends)
    if others.filter(staff=staff).exists():
        raise Refused(f"{staff.short_name} уже в составе на эти дни.")
    if role in ONE_OF:
        held = others.filter(role=role).select_related("staff").first()
        if held is not None:
            before = f"{begins - timedelta(days=1):%d.%m.%Y}"
            raise Refused(
                f"{role.label} уже есть: {held.staff.short_name}. Сначала укажите последний день ({before}) "
                "в строке этого члена совета или смените роль."
            )


def _write(council: Council, order: Order) -> Council:
    if bool(order.number) != (order.on is not None):
        raise Refused("У приказа указывают и номер, и дату; если приказа ещё нет, оставьте оба поля пустыми.")
    council.order_number, council.order_date, council.regulation = order.number, order.on, order.regulation
    council.save()
    return council


def _locked(council: Council) -> Council:
    return Council.objects.select_for_update(of=("self",)).select_related("school", "year").get(pk=council.pk)
