"""The desk of those who answer for the whole school."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from risk_registry.models import RegistryEntry
from risk_registry.services.classification import period_classify
from school.models import (
    School,
    SchoolClass,
    User,
)
from tests.desk.desk_of import NOVEMBER, SEPTEMBER, classify_both, home, text_of
from tests.factories import make_class, make_pupil
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db


def test_the_deputy_sees_where_the_school_stands_with_the_change_beside_it(
    client: Client, seventh: SchoolClass, deputy: User
) -> None:
    told = home(client).context["overview"]
    figures = {figure.label: figure for figure in told.figures}
    assert figures["Неуспевающие, прогноз"].number == "1"
    assert figures["Неуспевающие, прогноз"].change.by == 1
    assert figures["Слабоуспевающие"].number == "0"
    assert figures["Слабоуспевающие"].change.by == -1
    assert figures["Слабоуспевающие"].change.against == "к 1-й четверти"
    assert figures["Под риском всего"].of == "из 2 · 50,0\u00a0%"


def test_lessons_missed_without_a_reason_are_compared_with_the_same_days(
    client: Client, seventh: SchoolClass, deputy: User
) -> None:
    [figure] = [one for one in home(client).context["overview"].figures if one.label == "Уроки без причины"]
    assert (figure.number, figure.change.by, figure.change.against) == ("2", 1, "к тем же дням")


def test_every_figure_of_the_deputy_leads_to_a_list_of_as_many_names(
    client: Client, seventh: SchoolClass, deputy: User
) -> None:
    for figure in home(client).context["overview"].figures:
        answer = client.get(figure.url)
        assert answer.status_code == 200, figure
        text = text_of(answer)
        if figure.label in ("Неуспевающие, прогноз", "Сигналы без ответа", "Уроки без причины"):
            assert "Ковтун" in text, figure
            assert "Агеев" not in text, figure


def test_the_deputy_sees_three_twos_with_their_days(client: Client, seventh: SchoolClass, deputy: User) -> None:
    [row] = home(client).context["overview"].signals
    assert row.signal.pupil.last_name == "Ковтун"
    assert [chip.on for chip in row.days] == [NOVEMBER] * 3


def test_signals_that_wait_longest_come_first_and_the_rest_is_counted(
    client: Client, school: School, seventh: SchoolClass, deputy: User
) -> None:
    for number in range(12):
        pupil = make_pupil(seventh, f"Ученик Номер{number} Павлович")
        give_marks(pupil, "Алгебра", 2, 2, 2, on=NOVEMBER)
    give_marks(pupil, "Физика", 2, 2, 2, on=NOVEMBER - timedelta(days=5))
    give_marks(pupil, "Физика", 2, on=NOVEMBER + timedelta(days=5))
    period_classify(period=period_of(school, 2))
    answer = home(client)
    told = answer.context["overview"]
    assert told.signals[0].signal.subject.name == "Физика"
    assert told.signals[0].signal.since == NOVEMBER - timedelta(days=5)
    assert (len(told.signals), told.open_signals) == (8, 14)
    assert "Все открытые сигналы: 14" in text_of(answer)


def test_the_registry_of_the_period_that_is_over_waits_with_counts_by_class(
    client: Client, school: School, seventh: SchoolClass, deputy: User
) -> None:
    told = home(client).context["overview"]
    assert told.registry_period == period_of(school, 1)
    assert [(line.number, line.words) for line in told.waiting] == [(1, "ждут согласования классного руководителя")]
    assert [(str(line.school_class), line.ready, line.all) for line in told.agreeing] == [("7А", 0, 1)]
    assert "Ковтун" in text_of(client.get(told.waiting[0].url))
    RegistryEntry.objects.update(state="approved")
    told = home(client).context["overview"]
    assert (told.waiting, told.agreeing) == ((), ())


def test_a_class_without_fresh_data_is_named_and_is_not_called_safe(
    client: Client, school: School, seventh: SchoolClass, deputy: User
) -> None:
    silent = make_class(school, "8Б")
    make_pupil(silent, "Ёлкин Павел Викторович")
    make_pupil(make_class(school, "1А"), "Малышев Иван Петрович")
    classify_both(school)
    answer = home(client)
    told = answer.context["overview"]
    assert [str(line.school_class) for line in told.stale] == ["8Б"]
    assert "1 класс без свежих" in text_of(answer)
    [line] = [line for line in told.classes if line.school_class == silent]
    assert line.risk == ""
    assert "нет данных" in text_of(answer)


def test_an_old_lesson_makes_a_class_stale_after_the_schools_own_days(
    client: Client, school: School, seventh: SchoolClass, deputy: User
) -> None:
    assert home(client).context["overview"].stale == ()
    school.demo_today = date(2026, 11, 29)
    school.save()
    [line] = home(client).context["overview"].stale
    assert (line.data_on, line.days) == (date(2026, 11, 20), 9)
    school.settings.stale_after_days = 9
    school.settings.save()
    assert home(client).context["overview"].stale == ()


def test_the_first_period_of_a_school_is_shown_without_a_comparison(
    client: Client, school: School, deputy: User
) -> None:
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, on=SEPTEMBER)
    classify_both(school)
    told = home(client).context["overview"]
    assert told.period == period_of(school, 1)
    assert {figure.change for figure in told.figures} == {None}


def test_an_empty_school_is_told_what_to_do_first_and_by_whom(client: Client, school: School, deputy: User) -> None:
    answer = home(client)
    steps = answer.context["setup"].steps
    assert [(step.title, step.done) for step in steps] == [
        ("Учебный год и периоды", True),
        ("Контингент", False),
        ("Сотрудники", True),
        ("Логины", True),
        ("Список начала года", False),
        ("Отметки", False),
        ("Категории", False),
    ]
    text = text_of(answer)
    assert f'class="btn btn-primary" href="{reverse("school:import_pupils")}"' in text
    for step in steps:
        assert client.get(step.url).status_code == 200


def test_the_setup_is_gone_when_the_school_works(client: Client, seventh: SchoolClass, deputy: User) -> None:
    answer = home(client)
    assert answer.context.get("setup") is None
    assert "С чего начать" not in text_of(answer)


def test_the_desk_speaks_of_the_schools_own_day(client: Client, seventh: SchoolClass, deputy: User) -> None:
    assert "Суббота, 21 ноября" in text_of(home(client))
