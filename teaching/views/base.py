"""What the views of this app share: who may come in, finding a record, addresses."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from common.look import Tab
from school.access import access_of
from school.models import School, Staff, User
from school.views.base import reader
from teaching.kinds import LISTS
from teaching.models import Record
from teaching.permissions import can_confirm, can_read_all, can_see_teaching, can_write_own
from teaching.rights import may_change

RowT = TypeVar("RowT", bound=Record)
NOT_YOURS = "Запись исправляют тот, чья она, и те, кто ведёт методическую работу."


def teaching_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_teaching(user):
        raise PermissionDenied("Развитие педагогов и банк практик видят сотрудники школы.")
    return user, school


def writer(request: HttpRequest) -> tuple[User, School, Staff]:
    """Whoever is of the staff."""
    user, school = teaching_reader(request)
    staff = access_of(user).staff
    if staff is None or not can_write_own(user):
        raise PermissionDenied("Ваш логин не связан с сотрудником школы, поэтому своих записей у вас нет.")
    return user, school, staff


def seen_record(request: HttpRequest, model: type[RowT], pk: int, *related: str) -> tuple[User, RowT]:
    """A record that the person sees, else 404."""
    user, _ = teaching_reader(request)
    rows = model.objects.visible_to(user).select_related("school", "by__staff", *related)
    found: RowT = get_object_or_404(rows, pk=pk)
    return user, found


def changed_record(request: HttpRequest, model: type[RowT], pk: int, *related: str) -> tuple[User, RowT]:
    """403 for a record that is only seen."""
    user, row = seen_record(request, model, pk, *related)
    if not may_change(user, row):
        raise PermissionDenied(NOT_YOURS)
    return user, row


def people_of(user: User, school: School) -> Any:
    """About whom the person may write beside themselves; None for nobody."""
    return colleagues(school) if can_confirm(user) else None


def colleagues(school: School) -> Any:
    """People who work in the school today, by name."""
    return Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=school.today()), school=school)


def tabs_of(user: User, current: str) -> list[Tab]:
    """The pages of this app that the person may open."""
    return list(_tabs(user, current))


def _tabs(user: User, current: str) -> Iterator[Tab]:
    if can_write_own(user):
        yield Tab("Моё развитие", reverse("teaching:mine"), current == "mine")
    for what, kind in LISTS.items():
        yield Tab(kind.title, reverse(f"teaching:{what}"), current == what)
    if can_read_all(user):
        yield Tab("Показатели", reverse("teaching:indicators"), current == "indicators")
    if can_confirm(user):
        yield Tab("Подтвердить", reverse("teaching:waiting"), current == "waiting")
