"""The pupil's page with its whole timeline, as a logged-in deputy opens it: queries at 10 and at 1,000 events."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from bench.data import autumn_school, deputy_of, periods_of
from bench.figures import Figure, cpu_ratio
from bench.lists import stack
from desk.selectors.pupil import pupil_page
from desk.selectors.timeline import Asked
from gradebook.models import Mark
from risk_registry.models import Deed
from risk_registry.services.judging import period_judge
from school.models import Pupil, School, Subject

SIZES = (10, 1000)
SUBJECTS = 10
_WHOLE = Asked(whole=True)


def run(sizes: Sequence[int] = SIZES, times: int = 7) -> list[Figure]:
    """Queries of the page at the most events, how much they grow with events; the page's price beside them."""
    school = autumn_school(50)
    pupil = Pupil.objects.create(school=school, last_name="Безмятежный", first_name="Лука", external_id="bench")
    seat = school.years.get().classes.filter(grade=7)[0]
    pupil.enrolments.create(school_class=seat, starts=seat.year.starts)
    address = f"{reverse('desk:pupil', args=[pupil.pk])}?all=1"
    client = Client(SERVER_NAME="localhost")
    client.force_login(deputy_of(school))
    with override_settings(**stack()):
        counts = [_queries_at(client, address, pupil, size) for size in sizes]
        cost = cpu_ratio(partial(client.get, address), partial(client.get, "/bench-empty/"), times=times)
    events = ", ".join(f"{size} events: {count}" for size, count in zip(sizes, counts, strict=True))
    return [
        Figure("pupil.queries", max(counts), 20, "lower", "queries", f"{events}; processor {cost:.0f} × an empty view"),
        Figure("pupil.queries_growing", max(counts) - min(counts), 0, "lower", "queries", "the most less the fewest"),
    ]


def _queries_at(client: Client, address: str, pupil: Pupil, size: int) -> int:
    """Of the second visit: the first touches the session, which is done once a minute."""
    _live_through(pupil.school, pupil, size)
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        if client.get(address).status_code != 200:
            raise AssertionError(address)
    return len(caught)


def _live_through(school: School, pupil: Pupil, size: int) -> None:
    """Let the timeline have at least so many events: more twos than deeds, and what follows from twos."""
    year, by = school.years.get(), deputy_of(school)
    Mark.objects.filter(pupil=pupil).delete()
    Deed.objects.filter(pupil=pupil).delete()
    subjects = Subject.objects.filter(school=school).order_by("pk")[:SUBJECTS]
    days = [year.starts + timedelta(days=n) for n in range(-(-size * 6 // 10 // SUBJECTS))]
    Mark.objects.bulk_create(
        Mark(school=school, year=year, pupil=pupil, subject=subject, date=day, value=2)
        for day in days
        for subject in subjects
    )
    Deed.objects.bulk_create(
        Deed(school=school, pupil=pupil, kind="talk", on=days[n % len(days)], by=by, at=school.now())
        for n in range(size * 4 // 10)
    )
    for period in periods_of(school)[:2]:
        period_judge(period=period, pupils=[pupil.pk])
    events = pupil_page(by, pupil, None, _WHOLE).story.total
    if events < size:
        raise AssertionError(f"{events} events where {size} were to be")
