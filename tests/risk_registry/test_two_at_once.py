"""Two people, two connections, real transactions."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from common.errors import Refused
from risk_registry.models import PupilCategory, RegistryEntry, RegistryStep
from risk_registry.services.classification import period_classify
from risk_registry.services.registry import entries_decide
from risk_registry.workflow import Deed
from school.models import User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Begin all of them at the same moment; what each returned or raised."""
    start = Barrier(len(deeds))
    told: list[object] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        start.wait()
        try:
            told[place] = deed()
        except Exception as error:
            told[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return told


def test_of_two_who_decide_on_the_same_entries_one_is_told() -> None:
    school = make_school()
    seventh = make_class(school, "7А")
    for number in range(5):
        give_marks(make_pupil(seventh, f"Белов{number} Кирилл"), "Алгебра", 2)
    period_classify(period=period_of(school))
    people = [make_staff(school, f"Иванова{n} Анна", Position.DEPUTY, login=f"d{n}") for n in range(2)]
    users = [User.objects.get(staff=staff) for staff in people]
    seen = {entry.pk: entry.version for entry in RegistryEntry.objects.all()}

    told = at_once(
        lambda: entries_decide(by=users[0], versions=seen, what=Deed.APPROVE),
        lambda: entries_decide(by=users[1], versions=seen, what=Deed.REMOVE, comment="ошибка"),
    )

    assert sorted(type(each).__name__ for each in told) == ["Refused", "list"]
    refusal = next(each for each in told if isinstance(each, Refused))
    assert len(refusal.details) == 5
    assert len(set(RegistryEntry.objects.values_list("state", "version"))) == 1
    assert RegistryStep.objects.count() == 10


def test_two_computations_of_one_period_wait_for_each_other() -> None:
    school = make_school()
    seventh = make_class(school, "7А")
    for number in range(20):
        give_marks(make_pupil(seventh, f"Белов{number} Кирилл"), "Алгебра", 2, 2, 2)
    period = period_of(school)

    told = at_once(*[lambda: period_classify(period=period)] * 3)

    assert not [each for each in told if isinstance(each, Exception)]
    assert PupilCategory.objects.count() == 20
    assert RegistryStep.objects.count() == 20
