"""What referrals, advice, notes and plans ask of a person."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, F, Min, Q, Subquery
from django.urls import reverse

from common.names import full_name
from common.russian import counted
from consultations.models import Referral
from consultations.permissions_talks import is_of_service, talk_scope
from consultations.selectors.advice import to_acknowledge
from consultations.selectors.notes import openings_unseen
from consultations.selectors.plans import actions_due, reviews_due
from consultations.selectors.referrals import unread
from consultations.talk_words import ReferralState
from school.asking import Asked, Told, day_of_moment, day_told, listed, maybe_day, numbered, summed
from school.models import User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def talks_asked(user: User, day: date) -> Asked:
    """For a specialist what waits for an answer; for a teacher what was answered and advised."""
    scope = talk_scope(user)
    if not scope.writes:
        return Asked()
    columns = {"referrals": _referrals(user)}
    if scope.leads or scope.teaches:
        columns["advice"] = numbered(to_acknowledge(user))
    if is_of_service(user):
        pupil = {"last": F("pupil__last_name"), "first": F("pupil__first_name")}
        reviews = reviews_due(user, day + _SOON)[:_MOST]
        columns["openings"] = numbered(openings_unseen(user))
        columns["plans"] = listed(reviews, key="pk", review_on="review_on", ends="ends", **pupil)
        columns["actions"] = listed(actions_due(user, day + _SOON)[:_MOST], plan="goal__plan", due="due")
    return Asked(columns, lambda told: _told(told, day))


def _referrals(user: User) -> Subquery:
    rows = Referral.objects.visible_to(user)
    new = Q(state=ReferralState.NEW) & Q(pk__in=rows.for_me(user).order_by().values("pk"))
    return summed(
        rows, unread=Count("pk", filter=unread(user)), new=Count("pk", filter=new), first=Min("at", filter=new)
    )


def _told(told: Told, day: date) -> Iterator[AgendaItem]:
    yield from _of_referrals(told["referrals"] or {}, day)
    if number := told.get("advice"):
        title = f"Ознакомиться: {counted(number, 'рекомендация', 'рекомендации', 'рекомендаций')} специалиста"
        yield AgendaItem(title, f"{reverse('advice:list')}?wait=1", "что делать на уроке")
    if number := told.get("openings"):
        title = f"Вскрыты ваши заметки: {counted(number, 'раз', 'раза', 'раз')}"
        yield AgendaItem(title, reverse("notes:openings"), "прочитать основание")
    yield from _of_plans(told)


def _of_referrals(told: Told, day: date) -> Iterator[AgendaItem]:
    page = reverse("referrals:list")
    if number := told.get("new"):
        days = (day - day_of_moment(told["first"])).days
        about = f"дольше всех ждёт {counted(days, 'день', 'дня', 'дней')}" if days > 0 else "пришли сегодня"
        title = f"Ждут ответа: {counted(number, 'направление', 'направления', 'направлений')}"
        yield AgendaItem(title, f"{page}?kind={ReferralState.NEW.value}&mine=1", about)
    if number := told.get("unread"):
        title = f"Специалист ответил: {counted(number, 'направление', 'направления', 'направлений')}"
        yield AgendaItem(title, f"{page}?kind={ReferralState.ANSWERED.value}&unread=1", "прочитать ответ")


def _of_plans(told: Told) -> Iterator[AgendaItem]:
    """Reviews and ends of own plans, own actions; a title says nothing of what is in the plan."""
    for row in told.get("plans") or ():
        ends = day_told(row["ends"])
        due = min(maybe_day(row["review_on"]) or ends, ends)
        title = "Пересмотреть план сопровождения" if due < ends else "План сопровождения кончается"
        name = full_name(row["last"], row["first"], "")
        yield AgendaItem(title, reverse("plans:plan", args=[row["key"]]), name, due)
    for row in told.get("actions") or ():
        url = reverse("plans:plan", args=[row["plan"]])
        yield AgendaItem("Действие по плану сопровождения", url, "отметить, что вышло", day_told(row["due"]))
