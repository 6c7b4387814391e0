"""Personal links: made, withdrawn, made again, taken note of. Their secrets leave by the caller's hand alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from common.authorship import deed
from common.errors import Refused
from consultations.models import ServiceHours
from iom.models import Route
from iom.words import RouteState
from parents.models import LinkRules, Notice, PersonalLink
from parents.outside import secret_hash, secret_new
from parents.selectors.link_matters import in_the_way, open_times
from parents.selectors.links import may_be_told, rules_of
from parents.words import Matter, NoticeState
from school.models import Guardian, Pupil, School, Staff, User

PURPOSE = "link"
MOST_TIMES = 5
_SILENT = "Одному из представителей ничего нельзя сообщать о ребёнке: создайте ссылку другому по имени."
_CLOSED = "Эта ссылка уже не действует: обновите страницу."


@dataclass(frozen=True)
class Wish:
    """What a link is wanted for: exactly one of notice, route, staff (whose hours), times (of a talk)."""

    pupil: Pupil
    matter: str
    notice: Notice | None = None
    route: Route | None = None
    staff: Staff | None = None
    times: Sequence[datetime] = ()
    place: str = ""
    words: str = ""
    guardian: Guardian | None = None
    days: int | None = None
    by_mail: bool = False


@dataclass(frozen=True)
class Issued:
    """A link and its secret, which is kept nowhere."""

    link: PersonalLink
    secret: str = field(repr=False)


@deed
def link_make(*, by: User, wish: Wish) -> Issued:
    """A link for one matter of one pupil; an earlier one for the same, to the same person, no longer opens.

    Raises `Refused` when there is nothing to answer, the guardian is another child's, or a letter has no address.
    """
    school = wish.pupil.school
    rules, now = rules_of(school), school.now()
    _check(wish, by, now)
    secret = secret_new(PURPOSE)
    Pupil.objects.select_for_update(no_key=True).get(pk=wish.pupil.pk)  # of two made at once one stays
    _same(wish).update(withdrawn_at=now, withdrawn_by=by)
    link = PersonalLink.objects.create(
        school=school,
        pupil=wish.pupil,
        guardian=wish.guardian,
        matter=Matter(wish.matter),
        notice=wish.notice,
        route=wish.route,
        staff=wish.staff,
        times=sorted(wish.times),
        place=wish.place.strip()[:100],
        words=wish.words.strip()[:300],
        hash=secret_hash(secret),
        asks_birth=rules.asks_birth and wish.pupil.birth_date is not None,
        expires_at=_until(school, wish.days or rules.days),
        letter_due_at=timezone.now() if wish.by_mail else None,
        by=by,
        at=now,
    )
    return Issued(link, secret)


def _until(school: School, days: int) -> datetime:
    """The end of the last day."""
    last = school.today() + timedelta(days=days)
    return datetime.combine(last, time(23, 59, 59), ZoneInfo(school.timezone))


def _same(wish: Wish) -> QuerySet[PersonalLink]:
    """Links that wait for the same answer of the same person."""
    waiting = PersonalLink.objects.filter(pupil=wish.pupil, withdrawn_at__isnull=True, answer="")
    return waiting.filter(
        matter=wish.matter, notice=wish.notice, route=wish.route, staff=wish.staff, guardian=wish.guardian
    )


def _check(wish: Wish, by: User, now: datetime) -> None:
    if wish.guardian is not None and not wish.pupil.guardianships.filter(guardian=wish.guardian).exists():
        raise Refused(f"{wish.guardian.full_name} не записан(а) представителем этого ребёнка.")
    if not may_be_told(wish.pupil, wish.guardian.pk if wish.guardian else None, wish.pupil.school.today()):
        raise Refused(_SILENT, [wish.pupil.list_name])
    if wish.by_mail and (wish.guardian is None or not wish.guardian.email):
        raise Refused("У этого представителя не записана электронная почта: передайте ссылку сами.")
    _CHECKS[Matter(wish.matter)](wish, by, now)


def _check_notice(wish: Wish, by: User, now: datetime) -> None:
    if wish.notice is None or wish.notice.pupil_id != wish.pupil.pk:
        raise Refused("Такого уведомления у этого ребёнка нет.")
    if wish.notice.state == NoticeState.WITHDRAWN:
        raise Refused("Уведомление отозвано: составьте новое.")


def _check_route(wish: Wish, by: User, now: datetime) -> None:
    if wish.route is None or wish.route.pupil_id != wish.pupil.pk:
        raise Refused("Такого маршрута у этого ребёнка нет.")
    if wish.route.state != RouteState.WITH_PARENTS:
        raise Refused("Родителей спрашивают, когда маршрут согласовали педагоги и он передан родителям.")


def _check_time(wish: Wish, by: User, now: datetime) -> None:
    if wish.staff is None or wish.staff.school_id != wish.pupil.school_id:
        raise Refused("Выберите специалиста.")
    if not ServiceHours.objects.filter(specialist=wish.staff, ends__gte=wish.pupil.school.today()).exists():
        raise Refused(f"У специалиста нет часов приёма: {wish.staff.short_name}. Предложите время беседы сами.")


def _check_talk(wish: Wish, by: User, now: datetime) -> None:
    if not wish.times:
        raise Refused("Предложите хотя бы одно время беседы.")
    if len(set(wish.times)) > MOST_TIMES:
        raise Refused(f"Больше {MOST_TIMES} вариантов родителям трудно сравнить: оставьте главные.")
    if min(wish.times) <= now:
        raise Refused("Предложенное время уже прошло.")
    busy = in_the_way(wish.pupil.school, by, sorted(wish.times))
    if busy:
        zone = ZoneInfo(wish.pupil.school.timezone)
        told = [f"{one.astimezone(zone):%d.%m.%Y %H:%M}: {what}." for one, what in busy.items()]
        raise Refused("В предложенное время вы заняты: предложите другое.", told)


_CHECKS = {
    Matter.NOTICE: _check_notice,
    Matter.ROUTE: _check_route,
    Matter.TIME: _check_time,
    Matter.TALK: _check_talk,
}


@deed
def link_withdraw(*, by: User, link: PersonalLink) -> PersonalLink:
    """From now on it opens nothing. Raises `Refused` the second time."""
    row = PersonalLink.objects.select_for_update(of=("self",)).select_related("school").get(pk=link.pk)
    if row.withdrawn_at is not None:
        raise Refused(_CLOSED)
    row.withdrawn_at, row.withdrawn_by = row.school.now(), by
    row.letter_due_at = None if row.letter_sent_at is None else row.letter_due_at
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "letter_due_at"])
    return row


@deed
def link_again(*, by: User, link: PersonalLink) -> Issued:
    """A new link for the same; the old one no longer opens. Raises as `link_make`, and when it was answered."""
    row = PersonalLink.objects.select_for_update(of=("self",)).select_related("school").get(pk=link.pk)
    if row.answer:
        raise Refused("Родители по этой ссылке уже ответили.")
    if row.withdrawn_at is None:
        link_withdraw(by=by, link=row)
    wish = Wish(
        pupil=link.pupil,
        matter=row.matter,
        notice=link.notice,
        route=link.route,
        staff=link.staff,
        times=open_times(row) if row.matter == Matter.TALK else [],
        place=row.place,
        words=row.words,
        guardian=link.guardian,
    )
    return link_make(by=by, wish=wish)


@deed
def link_note(*, by: User, link: PersonalLink) -> PersonalLink:
    """Somebody of the school has read the answer, or the silence, and acts on it. Raises `Refused` the second time."""
    row = PersonalLink.objects.select_for_update(of=("self",)).select_related("school").get(pk=link.pk)
    if row.noted_at is not None:
        raise Refused("Этот ответ уже принят к сведению.")
    row.noted_at, row.noted_by = row.school.now(), by
    row.save(update_fields=["noted_at", "noted_by"])
    return row


@deed
def link_rules_set(*, by: User, school: School, asks_birth: bool, days: int) -> LinkRules:
    """How links are made from now on; those that are out stay as they were made."""
    row, _ = LinkRules.objects.update_or_create(school=school, defaults={"asks_birth": asks_birth, "days": days})
    return row
