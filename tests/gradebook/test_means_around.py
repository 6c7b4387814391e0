from datetime import date, timedelta

from gradebook.selectors_around import Around, means_around
from school.models import Pupil, School, Subject
from tests.gradebook.said import journal, load

KOVTUN = "Ковтун Матвей Андреевич"
DAY = date(2026, 10, 5)
SPAN = timedelta(weeks=6)


def marked(school: School, algebra: dict[str, str], physics: dict[str, str]) -> tuple[int, int]:
    days = sorted({*algebra, *physics})
    load(school, journal({KOVTUN: {"Алгебра": algebra, "Физика": physics}}, days))
    return Pupil.objects.get(last_name="Ковтун").pk, Subject.objects.get(name="Алгебра").pk


def test_means_of_both_sides_leave_the_day_itself_out(school: School) -> None:
    algebra = {"09-14": "2", "09-21": "3", "09-28": "2", "10-05": "5", "10-12": "4", "10-13": "3", "10-14": "4"}
    pupil, subject = marked(school, algebra, {"09-15": "5", "10-13": "2"})
    (found,) = means_around(school, [(pupil, subject, DAY), (pupil, subject, DAY)], span=SPAN, least=3)
    assert (found.pupil, found.subject, found.day) == (pupil, subject, DAY)
    assert (round(found.before, 3), round(found.after, 3), found.level) == (2.333, 3.667, 3.0)


def test_too_few_marks_on_a_side_tell_nothing(school: School) -> None:
    pupil, subject = marked(school, {"09-14": "2", "09-21": "3", "10-05": "2", "10-12": "4", "10-13": "3"}, {})
    assert means_around(school, [(pupil, subject, DAY)], span=SPAN, least=3) == []
    assert means_around(school, [(pupil, subject, DAY)], span=SPAN, least=2) == [
        Around(pupil, subject, DAY, 2.5, 3.5, 2.5)
    ]


def test_marks_further_away_than_the_span_do_not_count(school: School) -> None:
    pupil, subject = marked(school, {"09-14": "5", "09-28": "2", "10-04": "3", "10-06": "4", "10-12": "4"}, {})
    (found,) = means_around(school, [(pupil, subject, DAY)], span=timedelta(days=7), least=2)
    assert (found.before, found.after) == (2.5, 4.0)


def test_nothing_asked_is_nothing_found(school: School) -> None:
    assert means_around(school, [], span=SPAN, least=3) == []
