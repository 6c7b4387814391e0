"""Two people sign protocols of one kind at the same moment: two connections, real transactions."""

from datetime import date

import pytest

from common.errors import Refused
from roadmaps.models import StaffSitting
from roadmaps.services.sitting_course import protocol_sign
from school.models import User
from tests.risk_registry.test_two_at_once import at_once
from tests.roadmaps.test_sittings import held

pytestmark = pytest.mark.django_db(transaction=True)


def test_numbers_have_no_gaps_and_no_doubles_under_two_people_at_once(deputy: User) -> None:
    rows = [held(deputy, date(2026, 11, day)) for day in (5, 6, 9)]
    lacking = held(deputy, date(2026, 11, 10))
    lacking.people.update(present=False)

    told = at_once(
        *[lambda row=row: protocol_sign(by=deputy, sitting=row, version=row.version) for row in (*rows, lacking)],
        lambda: protocol_sign(by=deputy, sitting=rows[0], version=rows[0].version),
    )

    assert sum(isinstance(each, Refused) for each in told) == 2  # who lacked attendance, and the second of two clicks
    numbers = StaffSitting.objects.filter(number__isnull=False).values_list("number", flat=True)
    assert sorted(number for number in numbers if number) == [1, 2, 3]
