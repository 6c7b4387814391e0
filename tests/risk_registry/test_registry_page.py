import re
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from documents.models import Job, JobState
from documents.services.running import job_run
from gradebook.models import Mark
from risk_registry.links import registry_link
from risk_registry.models import RegistryEntry
from risk_registry.services.classification import period_classify
from risk_registry.services.registry import entries_decide
from risk_registry.workflow import Deed
from school.models import Pupil, School, SchoolClass, TeachingAssignment, User
from school.roles import Position
from tests.counting import MOST, counts_of, queries, seat_slipping
from tests.factories import make_class, make_pupil, make_staff, make_subject
from tests.risk_registry.making import entry_of, give_marks, give_result, judged, period_of

pytestmark = pytest.mark.django_db
LIST = "/registry/"


@pytest.fixture
def matvey(seventh: SchoolClass) -> Pupil:
    """Failing in algebra, with a corrected mark."""
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, on=date(2026, 9, 14))
    give_marks(pupil, "Алгебра", 2, on=date(2026, 10, 2))
    Mark.objects.filter(pupil=pupil, date=date(2026, 10, 2)).update(value=3)
    give_marks(pupil, "Алгебра", 2, on=date(2026, 10, 9))
    give_result(pupil, "Алгебра", "2")
    return pupil


@pytest.fixture
def polina(school: School) -> Pupil:
    """Weak in physics, in another class."""
    pupil = make_pupil(make_class(school, "7Б"), "Зимина Полина Ильинична")
    give_marks(pupil, "Физика", 2, 4, 4)
    give_result(pupil, "Физика", "3")
    return pupil


@pytest.fixture
def lev(seventh: SchoolClass) -> Pupil:
    """In reserve: a three in history."""
    pupil = make_pupil(seventh, "Ёлкин Лев Ильич")
    give_result(pupil, "История", "3")
    return pupil


@pytest.fixture
def registry(matvey: Pupil, polina: Pupil, lev: Pupil) -> list[Pupil]:
    judged(matvey)
    return [matvey, polina, lev]


def names(page: Any) -> list[str]:
    """The names in the table, from above."""
    return [line.row.entry.pupil.last_name for line in page.context["lines"]]


def text_of(page: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", page.content.decode())
    return re.sub(r"\s+", " ", plain)


def test_it_shows_category_subjects_state_and_class(as_deputy: Client, registry: list[Pupil]) -> None:
    page = as_deputy.get(LIST)
    assert names(page) == ["Ковтун", "Зимина", "Ёлкин"]
    told = text_of(page)
    for words in ("Ковтун Матвей", "7А", "Неуспевающий", "Алгебра", "2 × 2", "Предложен", "3 записи"):
        assert words in told


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("category=failing", ["Ковтун"]),
        ("category=at_risk", ["Ковтун", "Зимина"]),
        ("category=reserve", ["Ёлкин"]),
        ("text=зимИНА", ["Зимина"]),
        ("text=елкин+лев", ["Ёлкин"]),
        ("text=никто", []),
        ("state=proposed", ["Ковтун", "Зимина", "Ёлкин"]),
        ("state=approved", []),
        ("sort=name", ["Ёлкин", "Зимина", "Ковтун"]),
        ("sort=-name", ["Ковтун", "Зимина", "Ёлкин"]),
        ("sort=class", ["Ёлкин", "Ковтун", "Зимина"]),
        ("sort=-category", ["Ёлкин", "Зимина", "Ковтун"]),
        ("sort=nonsense&cls=x&subject=-1&category=?", ["Ковтун", "Зимина", "Ёлкин"]),
    ],
)
def test_it_filters_and_sorts(as_deputy: Client, registry: list[Pupil], query: str, expected: list[str]) -> None:
    assert names(as_deputy.get(f"{LIST}?{query}")) == expected


def test_it_filters_by_class_and_subject(as_deputy: Client, registry: list[Pupil], seventh: SchoolClass) -> None:
    physics = make_subject(seventh.school, "Физика")
    assert names(as_deputy.get(registry_link(cls=seventh.pk))) == ["Ковтун", "Ёлкин"]
    assert names(as_deputy.get(registry_link(subject=physics.pk))) == ["Зимина"]
    assert names(as_deputy.get(registry_link(subject=physics.pk, cls=seventh.pk))) == []


def test_each_filter_in_force_is_a_chip_that_takes_it_away(as_deputy: Client, registry: list[Pupil]) -> None:
    page = as_deputy.get(f"{LIST}?category=at_risk&text=ковтун")
    chips = {chip.title: chip.url for chip in page.context["chips"]}
    assert chips == {
        "Фамилия: ковтун": "?category=at_risk",
        "Категория: Неуспевающие и слабоуспевающие": "?text=%D0%BA%D0%BE%D0%B2%D1%82%D1%83%D0%BD",
        "Сбросить": "?",
    }
    assert page.context["lead"] == "1\u00a0запись из 3"


def test_tabs_count_states_and_lead_to_them(as_deputy: Client, deputy: User, registry: list[Pupil]) -> None:
    entry = entry_of(registry[0])
    entries_decide(by=deputy, versions={entry.pk: 1}, what=Deed.REMOVE, comment="выбыл")
    page = as_deputy.get(LIST)
    counts = {tab.title: tab.count for tab in page.context["tabs"]}
    assert counts == {"Все": 2, "Предложены": 2, "Согласованы": 0, "Возвращены": 0, "Утверждены": 0, "Исключены": 1}
    removed = next(tab for tab in page.context["tabs"] if tab.title == "Исключены")
    assert names(as_deputy.get(LIST + removed.url)) == ["Ковтун"]


def test_another_period_is_asked_for(as_deputy: Client, registry: list[Pupil], school: School) -> None:
    give_marks(registry[2], "История", 2, on=date(2026, 11, 10))
    second = period_of(school, 2)
    period_classify(period=second)
    page = as_deputy.get(registry_link(period=second.pk))
    assert names(page) == ["Ёлкин"]
    assert "2-я четверть 2026/27, предварительно" in text_of(page)


def test_the_last_period_that_is_over_is_shown_first(as_deputy: Client, registry: list[Pupil]) -> None:
    assert as_deputy.get(LIST).context["period"].number == 1


def test_a_long_list_has_pages(as_deputy: Client, seventh: SchoolClass) -> None:
    for number in range(55):
        give_marks(make_pupil(seventh, f"Белов{number:02} Кирилл"), "Алгебра", 2)
    period_classify(period=period_of(seventh.school))
    assert len(names(as_deputy.get(LIST))) == 50
    assert len(names(as_deputy.get(f"{LIST}?page=2"))) == 5
    assert "51–55 из 55" in text_of(as_deputy.get(f"{LIST}?page=2&sort=name"))


def test_a_row_opens_on_its_dated_marks_with_what_was_corrected(as_deputy: Client, registry: list[Pupil]) -> None:
    page = as_deputy.get(reverse("registry:entry", args=[entry_of(registry[0]).pk]))
    (subject,) = page.context["lines"][0].evidence.subjects
    assert [(chip.text, chip.was, chip.on) for chip in subject.chips] == [
        ("2", "", date(2026, 9, 14)),
        ("3", "2", date(2026, 10, 2)),
        ("2", "", date(2026, 10, 9)),
        ("2", "", None),
    ]
    told = text_of(page)
    assert "исправлена" in told and "14.09" in told and "предложен, по отметкам: неуспевающий" in told


def test_the_list_s_row_links_to_its_evidence_without_script(as_deputy: Client, registry: list[Pupil]) -> None:
    page = as_deputy.get(f"{LIST}?category=failing").content.decode()
    address = reverse("registry:entry", args=[entry_of(registry[0]).pk])
    assert f'href="{address}?category=failing" hx-get="{address}?category=failing"' in page
    opened = as_deputy.get(f"{address}?category=failing").content.decode()
    assert f'<a href="{LIST}?category=failing">Реестр</a>' in opened


def pick(*pupils: Pupil) -> list[str]:
    return [f"{entry_of(pupil).pk}:{entry_of(pupil).version}" for pupil in pupils]


def test_many_are_approved_at_once(as_deputy: Client, registry: list[Pupil]) -> None:
    answer = as_deputy.post(f"{LIST}?category=at_risk", {"what": "approve", "pick": pick(*registry[:2])}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?category=at_risk", 302)]
    assert "2 записи утверждены." in text_of(answer).replace("\u00a0", " ")
    states = dict(RegistryEntry.objects.values_list("pupil__last_name", "state"))
    assert states == {"Ковтун": "approved", "Зимина": "approved", "Ёлкин": "proposed"}


def test_a_return_without_a_comment_keeps_the_choice_and_says_what_to_do(
    as_deputy: Client, registry: list[Pupil]
) -> None:
    page = as_deputy.post(LIST, {"what": "return", "pick": pick(registry[1]), "comment": " "})
    assert page.status_code == 422
    assert "Напишите причину" in text_of(page)
    assert [line.row.entry.pupil.last_name for line in page.context["lines"] if line.picked] == ["Зимина"]


def test_nothing_chosen_is_said(as_deputy: Client, registry: list[Pupil]) -> None:
    page = as_deputy.post(LIST, {"what": "approve"})
    assert page.status_code == 422
    assert "Отметьте записи" in text_of(page)


def test_one_entry_is_decided_from_its_row(as_deputy: Client, registry: list[Pupil]) -> None:
    as_deputy.post(LIST, {"one": f"approve:{pick(registry[0])[0]}", "pick": pick(registry[1])})
    assert [entry_of(pupil).state for pupil in registry] == ["approved", "proposed", "proposed"]


def test_who_saw_an_old_version_is_told_by_name(as_deputy: Client, deputy: User, registry: list[Pupil]) -> None:
    seen = pick(*registry)
    entries_decide(by=deputy, versions={entry_of(registry[0]).pk: 1}, what=Deed.APPROVE)
    page = as_deputy.post(LIST, {"what": "approve", "pick": seen})
    assert page.status_code == 422
    assert "Ковтун Матвей" in text_of(page)
    assert [entry_of(pupil).state for pupil in registry] == ["approved", "proposed", "proposed"]


@pytest.mark.parametrize(("what", "state"), [("return", "returned"), ("remove", "removed")])
def test_an_entry_is_returned_or_removed_with_a_reason(
    as_deputy: Client, registry: list[Pupil], what: str, state: str
) -> None:
    entry = entry_of(registry[0])
    address = reverse("registry:reason", args=[entry.pk, what]) + "?category=failing"
    assert as_deputy.get(address).status_code == 200
    refused = as_deputy.post(address, {"comment": " ", "version": 1})
    assert (refused.status_code, entry_of(registry[0]).state) == (422, "proposed")
    done = as_deputy.post(address, {"comment": "не тот предмет", "version": 1})
    assert done["Location"] == f"{LIST}?category=failing"
    changed = entry_of(registry[0])
    comments = list(changed.steps.values_list("comment", flat=True))
    assert (changed.state, changed.remark, comments[-1]) == (state, "не тот предмет", "не тот предмет")


def test_a_reason_for_an_entry_that_changed_is_kept_in_the_form(as_deputy: Client, registry: list[Pupil]) -> None:
    address = reverse("registry:reason", args=[entry_of(registry[0]).pk, "remove"])
    page = as_deputy.post(address, {"comment": "выбыл", "version": 7})
    assert page.status_code == 422
    assert "изменилась" in text_of(page) and "выбыл" in page.content.decode()


def test_a_form_sent_twice_decides_once(as_deputy: Client, registry: list[Pupil]) -> None:
    sent = {"what": "approve", "pick": pick(registry[0]), "once": "t1"}
    assert [as_deputy.post(LIST, sent).status_code for _ in range(2)] == [302, 302]
    assert entry_of(registry[0]).version == 2


def test_a_decided_entry_shows_how_the_marks_differ_and_can_take_them_over(
    as_deputy: Client, registry: list[Pupil]
) -> None:
    as_deputy.post(LIST, {"what": "approve", "pick": pick(registry[1])})
    give_result(registry[1], "Химия", "2")
    judged(registry[1])
    assert "по отметкам теперь: неуспевающий: Химия" in text_of(as_deputy.get(f"{LIST}?state=approved"))
    as_deputy.post(LIST, {"one": f"accept:{pick(registry[1])[0]}"})
    assert entry_of(registry[1]).category == "failing"
    assert "по отметкам теперь" not in text_of(as_deputy.get(f"{LIST}?state=approved"))


def test_a_class_without_data_is_named_beside_the_counts(
    as_deputy: Client, registry: list[Pupil], school: School
) -> None:
    make_pupil(make_class(school, "8Б"), "Пак Виктор Ильич")
    make_pupil(make_class(school, "1А"), "Зуева Анна Ильинична")
    make_pupil(registry[0].enrolments.get().school_class, "Рябов Денис Ильич")
    judged(registry[0])
    note = as_deputy.get(LIST).context["note"]
    assert ([str(each) for each in note.empty], note.pupils) == (["8Б"], 2)
    told = text_of(as_deputy.get(LIST)).replace("\u00a0", " ")
    assert "Нет данных: 8Б — 2 обучающихся . Это не значит, что риска нет" in told
    behind = as_deputy.get(note.url)
    assert {row.pupil.last_name for row in behind.context["rows"]} == {"Пак", "Рябов", "Зуева"}
    assert "Нет данных" in text_of(behind)


def test_empty_states_tell_what_to_do(as_deputy: Client, school: School, seventh: SchoolClass) -> None:
    assert "ещё не считали" in text_of(as_deputy.get(LIST))
    give_marks(make_pupil(seventh, "Белов Кирилл Ильич"), "Алгебра", 5, 5, 5)
    period_classify(period=period_of(school))
    assert "Записей нет" in text_of(as_deputy.get(LIST))
    assert "Ничего не нашлось" in text_of(as_deputy.get(f"{LIST}?text=никто"))
    make_pupil(seventh, "Пак Виктор Ильич")
    period_classify(period=period_of(school))
    assert "о ком данных нет" in text_of(as_deputy.get(LIST))


def test_a_school_without_a_year_is_told_to_make_one(as_deputy: Client, school: School) -> None:
    school.years.all().delete()
    for address in (LIST, "/registry/categories/", "/registry/signals/", "/registry/calibration/"):
        assert as_deputy.get(address).status_code == 200
    assert "Сначала создайте учебный год" in text_of(as_deputy.get(LIST))


def test_the_button_has_the_period_computed_anew(as_deputy: Client, registry: list[Pupil], school: School) -> None:
    give_result(registry[2], "Алгебра", "2")
    answer = as_deputy.post("/registry/classify/", {"period": period_of(school).pk, "once": "a"}, follow=True)
    assert "Пересчёт категорий: 1-я четверть" in text_of(answer)
    job = Job.objects.get()

    assert job_run(job.pk) == JobState.DONE

    page = as_deputy.get(reverse("documents:job", args=[job.pk]))
    assert "категории пересчитаны" in text_of(page)
    assert registry_link(period=period_of(school).pk) in page.content.decode()
    assert entry_of(registry[2]).category == "failing"


def test_the_workbook_has_the_rows_of_the_filter(as_deputy: Client, registry: list[Pupil]) -> None:
    answer = as_deputy.get("/registry/export/?category=at_risk&sort=name")
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert "Реестр, 1-я четверть 2026/27" in str(rows[0][0])
    assert rows[1][:3] == ("Обучающийся", "Класс", "Категория")
    assert [row[:6] for row in rows[2:]] == [
        ("Зимина Полина Ильинична", "7Б", "Слабоуспевающий", "нет", "Физика: 2, 3", "01.09"),
        ("Ковтун Матвей Андреевич", "7А", "Неуспевающий", "нет", "Алгебра: 2 × 2, 2", "14.09, 09.10"),
    ]


def as_class_teacher(client: Client, school_class: SchoolClass) -> Client:
    teacher = make_staff(school_class.school, "Власова Нина Ильинична", Position.TEACHER, login="klass")
    school_class.class_teacher = teacher
    school_class.save()
    client.force_login(teacher.user)
    return client


def test_a_class_teacher_sees_the_own_class_and_agrees(
    client: Client, registry: list[Pupil], seventh: SchoolClass
) -> None:
    as_class_teacher(client, seventh)
    page = client.get(LIST)
    assert names(page) == ["Ковтун", "Ёлкин"]
    assert {tab.title: tab.count for tab in page.context["tabs"]}["Все"] == 2
    assert page.context["bulk"] == "agree"
    assert [str(each) for _, each in page.context["form"].fields["cls"].choices] == ["Все", "7А"]
    client.post(LIST, {"what": "agree", "pick": pick(registry[0])})
    assert entry_of(registry[0]).state == "agreed"
    assert client.post(LIST, {"what": "approve", "pick": pick(registry[0])}).status_code == 403
    assert client.post(LIST, {"what": "agree", "pick": pick(registry[1])}).status_code == 404


def test_a_subject_teacher_reads_the_entries_of_those_taught(
    client: Client, registry: list[Pupil], seventh: SchoolClass
) -> None:
    teacher = make_staff(seventh.school, "Гречко Павел Сергеевич", Position.TEACHER, login="predmet")
    algebra = make_subject(seventh.school, "Алгебра")
    TeachingAssignment.objects.create(staff=teacher, subject=algebra, school_class=seventh)
    client.force_login(teacher.user)
    page = client.get(LIST)
    assert (names(page), page.context["bulk"]) == (["Ковтун", "Ёлкин"], "")
    assert "Утвердить" not in page.content.decode()
    assert client.get(reverse("registry:entry", args=[entry_of(registry[1]).pk])).status_code == 404


def test_the_director_reads_everything_and_decides_nothing(
    client: Client, registry: list[Pupil], school: School
) -> None:
    client.force_login(make_staff(school, "Дёмин Виктор Олегович", Position.DIRECTOR, login="director").user)
    page = client.get(LIST)
    assert (len(names(page)), page.context["bulk"], page.context["decides"]) == (3, "", False)
    assert client.post(LIST, {"what": "approve", "pick": pick(registry[0])}).status_code == 403


def test_lists_ask_the_same_few_queries_whatever_the_number_of_pupils(as_deputy: Client, seventh: SchoolClass) -> None:
    filtered = "/registry/?category=at_risk&text=белов&sort=state"
    lists = (LIST, filtered, "/registry/categories/", "/registry/signals/")
    found = counts_of(partial(seat_slipping, seventh), as_deputy, lists)
    assert all(one == many == most <= MOST for one, many, most in found.values()), found


def test_an_opened_row_asks_the_same_few_queries_whatever_the_number_of_marks(as_deputy: Client, matvey: Pupil) -> None:
    judged(matvey)
    address = reverse("registry:entry", args=[entry_of(matvey).pk])
    before = queries(as_deputy, address)
    for day in range(1, 29):
        give_marks(matvey, "Алгебра", 2, 3, on=date(2026, 9, day))
    judged(matvey)
    assert queries(as_deputy, address) == before <= 14
