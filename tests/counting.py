"""How many queries a page takes, as the school grows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gradebook.models import Mark
from risk_registry.services.classification import period_classify
from school.models import Enrolment, Pupil, SchoolClass
from tests.factories import make_subject
from tests.risk_registry.making import FIRST_DAY, period_of

SIZES = (1, 50, 2000)
MOST = 8  # PERFORMANCE: any list page


def queries(client: Client, address: str) -> int:
    """Of one visit; the one before it touches the session, which is done once a minute."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def seat(school_class: SchoolClass, number: int) -> list[Pupil]:
    """So many more pupils in a class, since the year began."""
    school, before = school_class.year.school, Pupil.objects.count()
    pupils = [Pupil(school=school, last_name=f"Белов{before + n}", first_name="Кирилл") for n in range(number)]
    Pupil.objects.bulk_create(pupils)
    starts = school_class.year.starts
    Enrolment.objects.bulk_create(Enrolment(pupil=each, school_class=school_class, starts=starts) for each in pupils)
    return pupils


def seat_slipping(school_class: SchoolClass, number: int, on: date = FIRST_DAY) -> None:
    """So many more pupils with three twos each: proposed for the registry, with a signal."""
    year = school_class.year
    subject = make_subject(year.school, "Алгебра")
    Mark.objects.bulk_create(
        Mark(school=year.school, year=year, pupil=pupil, subject=subject, date=on, ordinal=ordinal, value=2)
        for pupil in seat(school_class, number)
        for ordinal in range(3)
    )
    period_classify(period=period_of(year.school))


def counts_of(grow: Callable[[int], object], client: Client, addresses: Iterable[str]) -> dict[str, list[int]]:
    """As `counts`, of several pages of one growing school."""
    found: dict[str, list[int]] = {address: [] for address in addresses}
    for before, size in zip((0, *SIZES), SIZES, strict=False):
        grow(size - before)
        for address, told in found.items():
            told.append(queries(client, address))
    return found


def counts(grow: Callable[[int], object], client: Client, address: str) -> Iterator[int]:
    """The queries of a page with 1, 50 and 2,000 of what `grow` adds."""
    for before, size in zip((0, *SIZES), SIZES, strict=False):
        grow(size - before)
        yield queries(client, address)
