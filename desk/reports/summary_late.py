"""What is late in the school and whose: facts with days. What nobody has recorded is not late («нет записи»)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse

from common.names import initials
from common.russian import counted, date_short
from consultations.councils import SHORT, CouncilKind
from consultations.permissions_councils import can_see_councils
from consultations.selectors.late import late_decisions
from desk.reports.shapes import Group, Line, days_late, group_of
from iom.permissions_mentoring import can_see_pairs
from iom.permissions_routes import can_see_routes
from iom.selectors.late import late_pairs, late_routes
from iom.selectors.mentoring import PAST
from risk_registry.debts import Need
from risk_registry.links import debts_link
from risk_registry.models import AcademicDebt
from risk_registry.permissions_debts import can_see_debts
from risk_registry.selectors.addressed import waiting_signals
from risk_registry.selectors.approval_agenda import classes_late, present_term
from risk_registry.selectors.debts import UNSETTLED, with_need
from roadmaps.selectors.late import late_activities, unwritten_sittings
from roadmaps.selectors.sittings import decisions_of, lacking_words
from roadmaps.sitting_words import OF_KIND, SittingKind
from school.models import User


def late_groups(user: User, today: date) -> tuple[Group, ...]:
    """For those who answer for the whole school; a constant number of queries. Groups without anything are left out."""
    found = [_activities(user, today), _registry(user), _decisions(user, today), _sittings(user, today)]
    found += [*_councils(user, today), *_routes(user, today), *_pairs(user, today), *_debts(user, today)]
    return tuple(group for group in [*found, _signals(user, today)] if group.number)


def _activities(user: User, today: date) -> Group:
    lines = (
        Line(
            one.title,
            reverse("roadmap:activity", args=[one.key]),
            whose=one.whose,
            due=one.due,
            late=days_late(one.due, today),
        )
        for one in late_activities(user, today)
    )
    return group_of("Мероприятия дорожной карты", f"{reverse('roadmap:list')}?show=late", lines)


def _registry(user: User) -> Group:
    """Classes in which entries wait for the class teacher since before the registry's term."""
    term = present_term(user)
    page = reverse("registry:approvals")
    if term is None:
        return Group("Согласование реестра", page, 0)
    lines = (
        Line(
            f"{one.name}: ждут согласования {counted(one.number, 'запись', 'записи', 'записей')}",
            one.url,
            whose=one.teacher or "классный руководитель не назначен",
            due=term.due,
            late=days_late(term.due, term.today),
        )
        for one in classes_late(user, term)
    )
    return group_of("Согласование реестра, классы", f"{page}?period={term.period.pk}", lines)


def _decisions(user: User, today: date) -> Group:
    lines = (
        Line(
            row.text,
            f"{reverse('sittings:sitting', args=[row.sitting_id])}",
            f"решение {OF_KIND[SittingKind(row.sitting.kind)]} {date_short(row.sitting.on)}",
            row.responsible.short_name,
            row.due,
            days_late(row.due, today),
        )
        for row in decisions_of(user, "late", today)
    )
    return group_of("Решения заседаний", f"{reverse('sittings:decisions')}?show=late", lines)


def _sittings(user: User, today: date) -> Group:
    lines = (
        Line(
            f"{SittingKind(row.kind).label} {date_short(row.on)}",
            reverse("sittings:sitting", args=[row.pk]),
            lacking_words(row, today).lower(),
            row.secretary.short_name if row.secretary is not None else row.by.display_name,
            row.on,
            days_late(row.on, today),
        )
        for row in unwritten_sittings(user, today)
    )
    return group_of("Заседания без отметки или протокола", f"{reverse('sittings:list')}?state=waits", lines)


def _councils(user: User, today: date) -> Iterator[Group]:
    if not can_see_councils(user):
        return
    page = f"{reverse('councils:decisions')}?show=late"
    lines = (
        Line(
            f"Решение: {SHORT[CouncilKind(row['kind'])]}",
            page,
            whose=_named(row),
            due=row["due"],
            late=days_late(row["due"], today),
        )
        for row in late_decisions(user, today)
    )
    yield group_of("Решения советов", page, lines)


def _routes(user: User, today: date) -> Iterator[Group]:
    if not can_see_routes(user):
        return
    lines = (
        Line(
            f"Маршрут, {row['seat']}" if row["seat"] else "Маршрут",
            reverse("routes:route", args=[row["pk"]]),
            whose=_named(row, "tutor__"),
            due=row["next_review"],
            late=days_late(row["next_review"], today),
        )
        for row in late_routes(user, today)
    )
    yield group_of("Пересмотр маршрутов", f"{reverse('routes:list')}?review=late", lines)


def _pairs(user: User, today: date) -> Iterator[Group]:
    if not can_see_pairs(user):
        return
    lines = (
        Line(
            "Пара не завершена и не продлена",
            reverse("mentoring:pair", args=[row["pk"]]),
            whose=_named(row, "curator__"),
            due=row["ends"],
            late=days_late(row["ends"], today),
        )
        for row in late_pairs(user, today)
    )
    yield group_of("Наставнические пары", f"{reverse('mentoring:list')}?kind={PAST}", lines)


def _debts(user: User, today: date) -> Iterator[Group]:
    """Debts whose term or attempts are over: names stand on their own page."""
    if not can_see_debts(user):
        return
    rows = with_need(AcademicDebt.objects.visible_to(user).filter(state__in=UNSETTLED), today).filter(need=Need.CLOSE)
    told = rows.order_by().aggregate(number=Count("pk"))
    url = debts_link(need=Need.CLOSE.value)
    yield Group("Академическая задолженность: срок или попытки вышли", url, told["number"])


def _signals(user: User, today: date) -> Group:
    number = waiting_signals(user, today, watches=True).slipping
    return Group("Сигналы: срок ответа прошёл, записи нет", reverse("desk:slipping"), number)


def _named(row: dict[str, Any], path: str = "") -> str:
    last = row[f"{path}last_name"]
    return initials(last, row[f"{path}first_name"], row[f"{path}middle_name"]) if last else ""
