"""What tests of the desk make and read."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from gradebook.models import Absence
from risk_registry.services.classification import period_classify
from school.models import (
    Pupil,
    School,
    Staff,
    User,
)
from tests.factories import make_subject
from tests.risk_registry.making import period_of

SEPTEMBER, NOVEMBER = date(2026, 9, 7), date(2026, 11, 9)


def log_in(client: Client, staff: Staff) -> User:
    user = User.objects.get(staff=staff)
    client.force_login(user)
    return user


def home(client: Client) -> Any:
    answer = client.get(reverse("desk:home"))
    assert answer.status_code == 200
    return answer


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def miss(pupil: Pupil, day: date, reason: str = "unexcused") -> None:
    Absence.objects.create(
        school=pupil.school,
        year=pupil.school.years.get(),
        pupil=pupil,
        subject=make_subject(pupil.school, "Алгебра"),
        date=day,
        reason=reason,
    )


def classify_both(school: School) -> None:
    for number in (1, 2):
        period_classify(period=period_of(school, number))
