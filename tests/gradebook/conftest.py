import pytest

from school.models import School, SchoolClass
from tests.factories import make_class, make_pupil, make_school


@pytest.fixture
def school(db: None) -> School:
    """Two classes of grade 7, in it three pupils of 7А and one of 7Б."""
    school = make_school()
    seven_a = make_class(school, "7А")
    make_pupil(seven_a, "Ковтун Матвей Андреевич", external_id="101")
    make_pupil(seven_a, "Белова Ева Артёмовна", external_id="0102")
    make_pupil(seven_a, "Цой Иван Петрович", external_id="103")
    make_pupil(make_class(school, "7Б"), "Орлова Тая Сергеевна", external_id="104")
    return school


@pytest.fixture
def seven_a(school: School) -> SchoolClass:
    return SchoolClass.objects.get(school=school, letter="А")
