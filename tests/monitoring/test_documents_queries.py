"""A document takes as many queries in a school of two thousand pupils as in one of a hundred."""

import pytest

from monitoring.reports.kinds import Of, document_kinds
from school.models import SchoolClass
from tests.counting import seat_slipping
from tests.monitoring.own_school import make_own_school
from tests.monitoring.papers import queries_of

pytestmark = pytest.mark.django_db


def test_no_document_of_the_school_costs_more_in_a_bigger_one() -> None:
    school = make_own_school()
    place = SchoolClass.objects.get(school=school, name="7А")
    offered = {kind.code for kind in document_kinds() if kind.of == Of.SCHOOL and not kind.at_start}
    assert {"quarterly", "annual", "regional", "attendance", "registry_order", "protocol_draft"} <= offered
    kinds = sorted(offered - {"external_marks"})  # nobody has written one here; its own test counts

    seat_slipping(place, 100)
    few = {code: queries_of(code, school) for code in kinds}
    seat_slipping(place, 1_900)

    assert {code: queries_of(code, school) for code in kinds} == few
