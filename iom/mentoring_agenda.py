"""What mentoring asks of a person: meetings without an entry, pairs whose term is over, pairs that wait to begin."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, IntegerField, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from common.russian import counted
from iom.mentoring import PairState
from iom.models import MentoringPair, PartnerAgreement
from iom.permissions_mentoring import can_decide_pairs, can_see_pairs
from iom.rules.programs import ENDING_DAYS
from iom.selectors.mentoring import PAST, own_pairs
from iom.selectors.programs import ending_partners
from school.access import Viewer, access_of
from school.models import School
from school.shared import AgendaItem


def mentoring_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """A mentor's and a curator's own pairs; for those who decide, what waits for a decision. One query and two."""
    if not can_see_pairs(user):
        return []
    return [*_own(user, day), *_to_decide(user, day)]


def _own(user: Viewer, day: date) -> Iterator[AgendaItem]:
    access = access_of(user)
    if access.staff is None or access.school is None:
        return
    mine = Q(mentor=access.staff) | Q(curator=access.staff)
    rows = MentoringPair.objects.visible_to(user).filter(mine, state=PairState.ACTIVE)
    found = own_pairs(rows.filter(year__starts__lte=day, year__ends__gte=day), day)
    for row in found:
        if row.silent and not row.past:
            about = f"{row.pair.mentor_name} — {row.pair.led_name}, нет записи"
            address = reverse("mentoring:pair", args=[row.pair.pk])
            yield AgendaItem("Встреча наставнической пары", f"{address}#meetings", about, row.silent[-1])
    past = sum(row.past for row in found)
    if past and not can_decide_pairs(user):
        page = reverse("mentoring:list")
        yield AgendaItem(f"Срок прошёл: {_pairs(past)}", f"{page}?kind={PAST}", "завершить или продлить")


def _to_decide(user: Viewer, day: date) -> Iterator[AgendaItem]:
    school = access_of(user).school
    if school is None or not can_decide_pairs(user):
        return
    rows = MentoringPair.objects.visible_to(user).filter(year__starts__lte=day, year__ends__gte=day).order_by()
    near = (day - timedelta(days=ENDING_DAYS), day + timedelta(days=ENDING_DAYS))
    partners = PartnerAgreement.objects.filter(school=school, removed_at__isnull=True, ends__range=near)
    asked = School.objects.filter(pk=school.pk).annotate(
        proposed=_number(rows.filter(state=PairState.PROPOSED)),
        past=_number(rows.filter(state=PairState.ACTIVE, ends__lt=day)),
        partners=Exists(partners),
    )
    told = asked.values("proposed", "past", "partners").get()
    page = reverse("mentoring:list")
    if told["partners"]:
        yield from _partners(user, day)
    if told["proposed"]:
        title = f"Предложены: {_pairs(told['proposed'])}"
        yield AgendaItem(title, f"{page}?kind={PairState.PROPOSED.value}", "начать работу или отклонить")
    if told["past"]:
        yield AgendaItem(f"Срок прошёл: {_pairs(told['past'])}", f"{page}?kind={PAST}", "завершить или продлить")


def _number(rows: QuerySet[MentoringPair]) -> Coalesce:
    counted_rows = rows.values("school").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted_rows, output_field=IntegerField()), 0)


def _partners(user: Viewer, day: date) -> Iterator[AgendaItem]:
    """Agreements with partners of the network that end soon; two queries."""
    rows = ending_partners(user, day)
    ends = [one.agreement.ends for row in rows for one in row.agreements if one.soon and one.agreement.ends]
    if rows:
        words = counted(len(rows), "партнёром", "партнёрами", "партнёрами")
        title = f"Договор с {words} заканчивается"
        yield AgendaItem(title, f"{reverse('programs:partners')}?soon=1", "продлить или заключить новый", min(ends))


def _pairs(number: int) -> str:
    return counted(number, "наставническая пара", "наставнические пары", "наставнических пар")
