"""Two people change one year, or take it back, at the same moment."""

from datetime import date

import pytest

from common.errors import Refused
from school.models import AcademicYear, Enrolment, User, YearChange
from school.roles import Position
from school.selectors_year_change import year_preview
from school.services.year_change import year_change
from school.services.year_undo import year_change_undo
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_change_the_year_or_take_it_back_one_is_told() -> None:
    school = make_school(today=date(2027, 6, 1))
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей")
    people = [make_staff(school, f"Иванова{n} Анна", Position.DEPUTY, login=f"d{n}") for n in range(2)]
    first, second = (User.objects.get(staff=staff) for staff in people)
    year = AcademicYear.objects.select_related("school").get(school=school)
    seen = year_preview(first, year).digest

    done = at_once(
        lambda: year_change(by=first, old=year, seen=seen), lambda: year_change(by=second, old=year, seen=seen)
    )
    seats = Enrolment.objects.filter(pupil=pupil).count()
    made = YearChange.objects.get()
    undone = at_once(lambda: year_change_undo(by=first, change=made), lambda: year_change_undo(by=second, change=made))

    assert sorted(type(each).__name__ for each in done) == ["Refused", "YearChange"]
    assert seats == 2
    assert [isinstance(each, Refused) for each in undone].count(True) == 1
    assert (YearChange.objects.count(), Enrolment.objects.filter(pupil=pupil).count()) == (0, 1)
