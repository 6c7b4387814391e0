from uuid import uuid4

import pytest
from django.core.cache import caches

from school.models import Guardian, Guardianship, Pupil, School, SchoolClass, User
from tests.factories import make_class, make_pupil, make_school, make_staff


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def leader(school: School) -> User:
    return make_staff(school, "Тихонова Анна Петровна", login="leader").user


@pytest.fixture
def seventh(school: School, leader: User) -> SchoolClass:
    return make_class(school, "7А", teacher=leader.staff)


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="p1")


@pytest.fixture
def mother(pupil: Pupil) -> Guardian:
    row = Guardian.objects.create(
        school=pupil.school, last_name="Ковтун", first_name="Ирина", middle_name="Львовна", phone="+7 900 000-00-00"
    )
    Guardianship.objects.create(guardian=row, pupil=pupil, relation=Guardianship.Relation.MOTHER)
    return row


@pytest.fixture(autouse=True)
def nobody_has_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests guessed is nothing to this one."""
    monkeypatch.setattr(caches["default"], "key_prefix", f"test-{uuid4()}")
