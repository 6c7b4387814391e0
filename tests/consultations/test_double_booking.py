"""Nobody is in two places at once: twenty who want one time, and statements that go past the service."""

from datetime import time
from itertools import count
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from consultations.models import Appointment, AppointmentPupil
from consultations.services.booking import Invited, TimeTaken, appointment_book
from school.models import User
from tests.consultations.making import TUESDAY, make_consent, make_service
from tests.factories import make_pupil
from tests.risk_registry.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_twenty_who_book_one_time_one_wins_and_nineteen_are_told_what_is_free() -> None:
    service = make_service()
    pupils = [make_pupil(service.seventh, f"Белов{number} Кирилл") for number in range(20)]
    for pupil in pupils:
        make_consent(pupil)
    draft = service.draft()
    teacher = service.teacher.pk

    told = at_once(
        *(
            lambda pupil=pupil: appointment_book(by=User.objects.get(pk=teacher), draft=draft, invited=[Invited(pupil)])
            for pupil in pupils
        )
    )

    assert sorted({type(each).__name__ for each in told}) == ["Appointment", "TimeTaken"], told
    refused = [each for each in told if isinstance(each, TimeTaken)]
    assert len(refused) == 19
    assert {tuple(piece.code for piece in each.free) for each in refused} == {
        ("2026-11-24 13:00 13:40", "2026-11-24 14:40 15:20", "2026-11-24 15:20 16:00")
    }
    assert Appointment.objects.count() == AppointmentPupil.objects.count() == 1


_ROOMS = count(100)


def _raw(row: Appointment, **told: Any) -> None:
    """The same meeting once more, by a statement; its room another one unless named."""
    values: dict[Any, Any] = {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in Appointment._meta.concrete_fields
        if field.name != "id"
    }
    values |= {"room": str(next(_ROOMS)), **told}
    columns = ", ".join(f'"{name}"' for name in values)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO consultations_appointment ({columns}) VALUES ({', '.join(['%s'] * len(values))})",
            list(values.values()),
        )


def test_the_database_refuses_double_bookings_past_the_service() -> None:
    service = make_service()
    make_consent(service.without)
    first = service.book()
    second = service.book("15:00", "15:40", service.without)
    third = service.book("15:00", "15:40", specialist=service.other, room="7", confirmed=True)

    with pytest.raises(IntegrityError, match="appointment_specialist_once"):
        _raw(first, time_from=time(14, 20), time_to=time(14, 50))
    with pytest.raises(IntegrityError, match="appointment_room_once"):
        _raw(first, specialist_id=service.other.pk, room="12")
    with pytest.raises(IntegrityError, match="appointment_specialist_once"), transaction.atomic():
        Appointment.objects.filter(pk=second.pk).update(time_from=time(14, 20), time_to=time(15))
    with pytest.raises(IntegrityError, match="appointment_pupil_once"), transaction.atomic():
        Appointment.objects.filter(pk=third.pk).update(time_from=time(14, 20), time_to=time(15))
    with pytest.raises(IntegrityError, match="appointment_pupil_once"), transaction.atomic():
        AppointmentPupil.objects.create(
            appointment=third,
            pupil=service.without,
            on=TUESDAY,
            time_from=third.time_from,
            time_to=third.time_to,
            state=third.state,
        )
    with pytest.raises(IntegrityError, match="at_its_meeting"), transaction.atomic():
        AppointmentPupil.objects.filter(appointment=third).update(time_from=time(15, 10))
