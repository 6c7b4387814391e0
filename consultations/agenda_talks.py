"""What referrals, advice, notes and plans ask of a person."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.timezone import localdate

from common.russian import counted
from consultations.models import Referral
from consultations.permissions_talks import is_of_service, talk_scope
from consultations.selectors.advice import to_acknowledge
from consultations.selectors.notes import openings_unseen
from consultations.selectors.plans import actions_due, reviews_due
from consultations.selectors.referrals import unread
from consultations.talk_words import ReferralState
from school.access import Viewer
from school.models import User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def talks_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """For a specialist what waits for an answer; for a teacher what was answered and advised."""
    if not talk_scope(user).writes:
        return []
    told = [*_referrals(user, day), *_advice(user)]
    if is_of_service(user) and isinstance(user, User):
        told += [*_openings(user), *_plans(user, day)]
    return told


def _referrals(user: Viewer, day: date) -> Iterator[AgendaItem]:
    rows = Referral.objects.visible_to(user).order_by()
    new = Q(state=ReferralState.NEW) & Q(pk__in=rows.for_me(user).values("pk"))
    told = rows.aggregate(
        unread=Count("pk", filter=unread(user)),
        new=Count("pk", filter=new),
        first=Min("at", filter=new),
    )
    page = reverse("referrals:list")
    if is_of_service(user) and told["new"]:
        days = (day - localdate(told["first"])).days
        about = f"дольше всех ждёт {counted(days, 'день', 'дня', 'дней')}" if days > 0 else "пришли сегодня"
        title = f"Ждут ответа: {counted(told['new'], 'направление', 'направления', 'направлений')}"
        yield AgendaItem(title, f"{page}?kind={ReferralState.NEW.value}&mine=1", about)
    if told["unread"]:
        title = f"Специалист ответил: {counted(told['unread'], 'направление', 'направления', 'направлений')}"
        yield AgendaItem(title, f"{page}?kind={ReferralState.ANSWERED.value}&unread=1", "прочитать ответ")


def _advice(user: Viewer) -> Iterator[AgendaItem]:
    scope = talk_scope(user)
    if not scope.leads and not scope.teaches:
        return
    number = to_acknowledge(user).count()
    if number:
        title = f"Ознакомиться: {counted(number, 'рекомендация', 'рекомендации', 'рекомендаций')} специалиста"
        yield AgendaItem(title, f"{reverse('advice:list')}?wait=1", "что делать на уроке")


def _openings(user: User) -> Iterator[AgendaItem]:
    number = openings_unseen(user).count()
    if number:
        title = f"Вскрыты ваши заметки: {counted(number, 'раз', 'раза', 'раз')}"
        yield AgendaItem(title, reverse("notes:openings"), "прочитать основание")


def _plans(user: User, day: date) -> Iterator[AgendaItem]:
    """Reviews and ends of own plans, own actions; a title says nothing of what is in the plan."""
    for plan in reviews_due(user, day + _SOON)[:_MOST]:
        due = min(plan.review_on or plan.ends, plan.ends)
        title = "Пересмотреть план сопровождения" if due < plan.ends else "План сопровождения кончается"
        yield AgendaItem(title, reverse("plans:plan", args=[plan.pk]), plan.pupil.list_name, due)
    for key, due in actions_due(user, day + _SOON)[:_MOST]:
        yield AgendaItem(
            "Действие по плану сопровождения", reverse("plans:plan", args=[key]), "отметить, что вышло", due
        )
