"""What mentoring asks of a person: meetings without an entry, pairs whose term is over, pairs that wait to begin."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, Q
from django.urls import reverse

from common.russian import counted
from iom.mentoring import PairState
from iom.models import MentoringPair, PartnerAgreement
from iom.permissions_mentoring import can_decide_pairs, can_see_pairs
from iom.rules.programs import ENDING_DAYS
from iom.selectors.mentoring import PAST, own_pairs
from iom.selectors.programs import ending_partners
from school.access import Viewer, access_of
from school.asking import Asked, Told, numbered
from school.models import User
from school.shared import AgendaItem


def mentoring_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """A mentor's and a curator's own pairs. One query."""
    return list(_own(user, day)) if can_see_pairs(user) else []


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


def to_decide_asked(user: User, day: date) -> Asked:
    """For those who decide: pairs that are proposed, pairs whose term is over; agreements with partners that end."""
    school = access_of(user).school
    if school is None or not can_see_pairs(user) or not can_decide_pairs(user):
        return Asked()
    rows = MentoringPair.objects.visible_to(user).filter(year__starts__lte=day, year__ends__gte=day)
    near = (day - timedelta(days=ENDING_DAYS), day + timedelta(days=ENDING_DAYS))
    columns = {
        "proposed": numbered(rows.filter(state=PairState.PROPOSED)),
        "past": numbered(rows.filter(state=PairState.ACTIVE, ends__lt=day)),
        "partners": Exists(PartnerAgreement.objects.filter(school=school, removed_at__isnull=True, ends__range=near)),
    }
    return Asked(columns, lambda told: [*(_partners(user, day) if told["partners"] else ()), *_of_pairs(told)])


def _of_pairs(told: Told) -> Iterator[AgendaItem]:
    page = reverse("mentoring:list")
    if told["proposed"]:
        title = f"Предложены: {_pairs(told['proposed'])}"
        address = f"{page}?kind={PairState.PROPOSED.value}"
        yield AgendaItem(title, address, "начать работу или отклонить", signs=True)
    if told["past"]:
        yield AgendaItem(f"Срок прошёл: {_pairs(told['past'])}", f"{page}?kind={PAST}", "завершить или продлить")


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
