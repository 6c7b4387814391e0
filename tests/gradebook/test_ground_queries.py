"""The list of what waits for a ground costs the same whatever its length."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gradebook.models import Absence
from school.models import Pupil, School, User
from tests.counting import MOST, queries, seat
from tests.factories import make_class, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db


def test_it_takes_as_many_queries_for_1_50_and_2000(client: Client) -> None:
    school = make_school()
    client.force_login(User.objects.get(staff=make_staff(school, "Ермолаева Нина", "deputy_director_uvr", login="d")))
    school_class = make_class(school, "7А")
    counts = []
    for more in (1, 49, 1950):
        seat(school_class, more)
        miss_all(school)
        counts.append(queries(client, reverse("grounds:waiting")))

    assert len(set(counts)) == 1
    assert counts[0] <= MOST


def miss_all(school: School) -> None:
    """Two days of every pupil who has none yet."""
    subject, year = make_subject(school, "Алгебра"), school.years.get()
    fresh = Pupil.objects.filter(school=school, absences__isnull=True)
    Absence.objects.bulk_create(
        Absence(school=school, year=year, pupil=pupil, subject=subject, date=day, reason="unexcused", raw="Н")
        for pupil in fresh
        for day in (date(2026, 11, 9), date(2026, 11, 9) + timedelta(days=2))
    )
