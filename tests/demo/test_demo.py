import random
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from common.errors import Refused
from demo import cast, curriculum
from demo.facts import Span, draw_class
from demo.people import ClassDraft, draft_classes, draft_staff
from demo.services import Plan, demo_load
from gradebook.models import Mark, PeriodResult
from school.access import pupils_for, roles_of
from school.models import Enrolment, Pupil, School, SchoolClass, User
from school.roles import Role


def _drafts(seed: int) -> list[ClassDraft]:
    return draft_classes(random.Random(seed), 600, with_cast=True, taken=set())


def _people(classes: list[ClassDraft]) -> list[tuple[str, str, date]]:
    return [(c.name, f"{p.who.last} {p.who.first} {p.who.middle}", p.birth) for c in classes for p in c.pupils]


def test_the_same_seed_gives_the_same_school_and_another_seed_another() -> None:
    assert _people(_drafts(4)) == _people(_drafts(4))
    assert _people(_drafts(4)) != _people(_drafts(5))


def test_six_hundred_pupils_sit_in_classes_one_to_eleven() -> None:
    classes = _drafts(4)
    assert sum(len(c.pupils) for c in classes) == 600
    assert {c.grade for c in classes} == set(range(1, 12))


def test_every_class_has_one_class_teacher_and_every_lesson_a_teacher() -> None:
    classes = _drafts(4)
    staff = draft_staff(random.Random(4), classes, with_cast=True, taken=set())
    assert Counter(t.leads for t in staff if t.leads) == Counter(c.name for c in classes)
    taught = Counter(lesson for t in staff for lesson in t.teaches)
    wanted = Counter((s, c.name) for c in classes for s in curriculum.subjects_of(c.grade))
    assert taught == wanted


def _facts_of(name: str) -> Iterator[tuple[str, str, list[int], dict[int, str]]]:
    draft = next(c for c in _drafts(4) if c.name == name)
    days = list(curriculum.lesson_days(date(2026, 9, 1), date(2026, 11, 20)))
    spans = [Span(1, date(2026, 9, 1), date(2026, 10, 31), True), Span(2, date(2026, 11, 1), date(2026, 12, 31), False)]
    for one in draw_class(random.Random(1), draft, days, spans):
        yield one.pupil.who.last, one.subject, [value for _, _, value in one.drawn.marks], one.results


def test_a_story_has_exactly_the_marks_that_it_names() -> None:
    told = {(last, subject): (marks, results) for last, subject, marks, results in _facts_of("7А")}
    marks, results = told["Ковтун", "Алгебра"]
    assert marks == [3, 2, 3, 3, 2, 2, 2, 2, 2, 3, 2, 2, 3, 2]
    assert results == {1: "2"}
    assert told["Тарасенко", "Алгебра"][1] == {1: "н/а"}
    assert told["Белова", "Алгебра"][1] == {1: "3"}


def test_lessons_fall_on_no_holiday_and_no_sunday() -> None:
    days = set(curriculum.lesson_days(date(2026, 9, 1), date(2027, 5, 26)))
    assert not any(first <= day <= last for day in days for _, first, last in curriculum.HOLIDAYS)
    assert not any(day.weekday() == 6 for day in days)
    assert curriculum.DAY_OFF not in days


@pytest.mark.django_db
class TestLoaded:
    @pytest.fixture(autouse=True)
    def _load(self, demo_school: School) -> None:
        self.school = demo_school

    def test_every_role_has_a_login_that_opens_the_door(self, client: Client) -> None:
        held: set[Role] = set()
        for login in [c.login for c in cast.STAFF if c.login] + [login for login, _ in cast.OTHER_LOGINS]:
            user = User.objects.get(username=login)
            assert user.check_password(cast.PASSWORD)
            held |= roles_of(user)
        assert held == set(Role)

    def test_nobody_of_class_one_has_marks(self) -> None:
        first = SchoolClass.objects.filter(grade=1)
        assert Enrolment.objects.filter(school_class__in=first).exists()
        assert not Mark.objects.filter(pupil__enrolments__school_class__in=first).exists()

    def test_there_are_two_periods_of_marks_and_results_of_the_closed_one_only(self) -> None:
        assert Mark.objects.filter(date__lt=date(2026, 11, 1)).exists()
        assert Mark.objects.filter(date__range=(date(2026, 11, 1), date(2026, 11, 20))).exists()
        assert not Mark.objects.filter(date__gte=cast.TODAY).exists()
        assert set(PeriodResult.objects.values_list("period__number", flat=True)) == {1}

    def test_a_tutor_sees_only_their_pupils(self) -> None:
        tutor = User.objects.get(username="tutor")
        assert {p.last_name for p in pupils_for(tutor)} == {s.who.last for s in cast.STORIES if s.tutor}

    def test_the_pupil_who_moved_sat_in_two_classes(self) -> None:
        moved = Pupil.objects.get(last_name="Мельник", first_name="Арсений")
        assert [str(e.school_class) for e in moved.enrolments.order_by("starts")] == ["8Б", "8А"]

    def test_it_is_not_loaded_twice(self) -> None:
        with pytest.raises(Refused, match="уже загружена"):
            demo_load(Plan())
