"""Causes: established by those who may, restricted for the others, never written over, counted for the school."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from common.errors import Refused
from risk_registry.causes import CLOSED_WORDS, KINDS, RESTRICTED, CauseGroup, CauseMethod, Established, causes_in_words
from risk_registry.models import EntryCause, RegistryEntry
from risk_registry.services.causes import cause_correct, cause_withdraw, causes_add, entries_agree
from risk_registry.services.registry import entries_decide
from risk_registry.services.work import work_add
from risk_registry.workflow import Deed
from school.models import HistoryEvent, Pupil, RestrictedRead, SchoolClass, TeachingAssignment, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_staff, make_subject
from tests.risk_registry.making import entry_of, give_marks, judged

db = pytest.mark.django_db
DAY = date(2026, 11, 10)
TALK = Established(CauseMethod.TALK, DAY, "мама в больнице")


@pytest.fixture
def teacher(seventh: SchoolClass) -> User:
    staff = make_staff(seventh.school, "Власова Надежда Игоревна", Position.TEACHER, login="klass")
    seventh.class_teacher = staff
    seventh.save()
    return User.objects.get(staff=staff)


@pytest.fixture
def algebraist(seventh: SchoolClass) -> User:
    """Teaches the pupil and is told nothing of families."""
    staff = make_staff(seventh.school, "Гречко Павел Семёнович", Position.TEACHER, login="predmet")
    subject = make_subject(seventh.school, "Алгебра")
    TeachingAssignment.objects.create(staff=staff, subject=subject, school_class=seventh)
    return User.objects.get(staff=staff)


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    return pupil


def add(by: User, pupil: Pupil, *codes: str, told: Established = TALK) -> int:
    return causes_add(by=by, entries=[entry_of(pupil)], codes=codes, told=told)


def standing(pupil: Pupil) -> set[str]:
    rows = EntryCause.objects.filter(entry=entry_of(pupil), withdrawn_at__isnull=True)
    return set(rows.values_list("code", flat=True))


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def opened(client: Client, user: User, address: str) -> Any:
    client.force_login(user)
    return client.get(address)


def test_every_cause_belongs_to_a_group_and_the_teachers_to_one_of_the_four() -> None:
    assert {kind.group for kind in KINDS.values()} == set(CauseGroup)
    for kind in KINDS.values():
        assert bool(kind.near) == (kind.group == CauseGroup.TEACHERS and kind.code != "CT09")
        assert not kind.near or KINDS[kind.near].group != CauseGroup.TEACHERS


def test_social_physiological_and_psychological_causes_are_restricted() -> None:
    closed = {CauseGroup.SOCIAL, CauseGroup.PHYSIOLOGICAL, CauseGroup.PSYCHOLOGICAL}
    assert {kind.code for kind in KINDS.values() if kind.group in closed} < set(RESTRICTED)
    assert set(RESTRICTED) - {kind.code for kind in KINDS.values() if kind.group in closed} == {"CT03"}


@given(st.lists(st.sampled_from(list(KINDS)), unique=True), st.booleans())
def test_no_words_for_lists_ever_name_a_restricted_cause(codes: list[str], closed: bool) -> None:
    told = causes_in_words(codes, closed=closed)
    assert not {KINDS[code].name for code in RESTRICTED} & set(told)
    assert (CLOSED_WORDS in told) == closed
    assert len(told) == len([code for code in codes if code not in RESTRICTED]) + closed


@db
def test_several_causes_stand_beside_each_other_and_none_twice(teacher: User, pupil: Pupil) -> None:
    assert add(teacher, pupil, "CT01", "PED03", "SOC01") == 3
    assert add(teacher, pupil, "CT01", "PSY01") == 1
    assert standing(pupil) == {"CT01", "PED03", "SOC01", "PSY01"}
    row = EntryCause.objects.get(code="CT01")
    assert (row.by, row.on, row.how, row.note) == (teacher, DAY, "talk", "мама в больнице")


@db
def test_a_correction_keeps_what_stood_before(teacher: User, deputy: User, pupil: Pupil) -> None:
    add(teacher, pupil, "CT09")
    was = EntryCause.objects.get()
    new = cause_correct(by=deputy, cause=was, code="CT02", told=Established(CauseMethod.OBSERVATION, DAY))
    was.refresh_from_db()
    assert (was.code, was.note, was.by, was.withdrawn_by, new.replaces) == (
        "CT09", "мама в больнице", teacher, deputy, was,
    )  # fmt: skip
    assert standing(pupil) == {"CT02"}


@db
def test_of_two_who_change_one_cause_the_second_is_told(teacher: User, deputy: User, pupil: Pupil) -> None:
    add(teacher, pupil, "CT09")
    seen = EntryCause.objects.get()
    cause_withdraw(by=deputy, cause=seen, why="не подтвердилось")
    with pytest.raises(Refused, match="другой человек"):
        cause_correct(by=teacher, cause=seen, code="CT02", told=TALK)
    with pytest.raises(Refused, match="другой человек"):
        cause_withdraw(by=teacher, cause=seen, why="ошибка")
    seen.refresh_from_db()
    assert (seen.withdrawn_by, seen.withdrawn_why, EntryCause.objects.count()) == (deputy, "не подтвердилось", 1)


@db
def test_it_refuses_a_day_to_come_no_reason_a_second_same_one_and_who_is_out(deputy: User, pupil: Pupil) -> None:
    with pytest.raises(Refused, match="не наступил"):
        add(deputy, pupil, "CT01", told=Established(CauseMethod.TALK, date(2027, 1, 1)))
    add(deputy, pupil, "CT01", "CT02")
    first = EntryCause.objects.get(code="CT01")
    with pytest.raises(Refused, match="почему"):
        cause_withdraw(by=deputy, cause=first, why=" ")
    with pytest.raises(Refused, match="уже стоит"):
        cause_correct(by=deputy, cause=first, code="CT02", told=TALK)
    assert standing(pupil) == {"CT01", "CT02"}
    entries_decide(by=deputy, versions={entry_of(pupil).pk: entry_of(pupil).version}, what=Deed.REMOVE, comment="нет")
    with pytest.raises(Refused, match="нет в реестре"):
        add(deputy, pupil, "PED01")


@db
def test_agreeing_with_causes_is_one_deed_for_many(teacher: User, pupil: Pupil, seventh: SchoolClass) -> None:
    other = make_pupil(seventh, "Рябов Денис Игоревич")
    give_marks(other, "Физика", 2)
    judged(other)
    seen = {entry_of(one).pk: entry_of(one).version for one in (pupil, other)}
    entries_agree(by=teacher, versions=seen, codes=["CT02", "CT05"], told=TALK)
    assert [(entry_of(one).state, standing(one)) for one in (pupil, other)] == [("agreed", {"CT02", "CT05"})] * 2
    with pytest.raises(Refused, match="изменились"):
        entries_agree(by=teacher, versions=seen, codes=["CT08"], told=TALK)
    assert "CT08" not in standing(pupil)


@db
def test_what_is_restricted_is_in_no_history(teacher: User, pupil: Pupil) -> None:
    add(teacher, pupil, "SOC01")
    cause_withdraw(by=teacher, cause=EntryCause.objects.get(), why="отец вернулся")
    events = HistoryEvent.objects.filter(table="risk_registry_entrycause")
    assert events.count() == 2
    told = str(list(events.values_list("before", "after")))
    assert not re.search("SOC01|больнице|вернулся", told)


@db
@pytest.mark.parametrize(
    ("position", "sees"),
    [
        (Position.DEPUTY, True),
        (Position.DIRECTOR, True),
        (Position.PSYCHOLOGIST, True),
        (Position.PSYCH_HEAD, True),
        (Position.SOCIAL_PEDAGOGUE, True),
        ("class", True),
        ("subject", False),
        ("other class", False),
        ("administrator", False),
    ],
)
def test_restricted_causes_are_shown_to_those_whom_their_rule_names_and_each_reading_is_logged(
    client: Client, deputy: User, teacher: User, algebraist: User, pupil: Pupil, position: str, sees: bool
) -> None:
    add(deputy, pupil, "SOC01", "CT01")
    user = {"class": teacher, "subject": algebraist}.get(position)
    if position == "administrator":
        user = User.objects.create_user("root", "x", school=pupil.school, is_administrator=True)
    elif position == "other class":
        user = algebraist
        make_class(pupil.school, "7Б", teacher=algebraist.staff)
    elif user is None:
        user = User.objects.get(staff=make_staff(pupil.school, "Фомина Лидия Петровна", position, login="reader"))

    page = text_of(opened(client, user, f"/registry/{entry_of(pupil).pk}/causes/"))

    assert "Пропуски уроков" in page
    assert ("Неблагополучные условия" in page, "мама в больнице" in page) == (sees, sees)
    assert ("причины с ограниченным доступом" in page) != sees
    read = list(RestrictedRead.objects.values_list("user", "pupil", "what"))
    assert read == ([(user.pk, pupil.pk, "registry_causes")] if sees else [])


@db
def test_lists_exports_and_the_opened_row_name_no_restricted_cause_and_log_nothing(
    as_deputy: Client, deputy: User, pupil: Pupil
) -> None:
    add(deputy, pupil, "PHY01", "PED03")
    entry = entry_of(pupil)
    for address in ("/registry/", f"/registry/{entry.pk}/", reverse("desk:pupil", args=[pupil.pk])):
        page = as_deputy.get(address)
        assert page.status_code == 200
        assert "болезни" not in text_of(page).lower()
    assert CLOSED_WORDS in text_of(as_deputy.get(f"/registry/{entry.pk}/"))
    sheet = load_workbook(BytesIO(as_deputy.get("/registry/export/").content)).active
    assert sheet is not None
    cells = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value]
    assert f"пробелы в знаниях\n{CLOSED_WORDS}" in cells
    assert not [cell for cell in cells if "болезни" in cell or "больнице" in cell]
    assert not RestrictedRead.objects.exists()


@db
def test_the_pupils_page_shows_open_causes_and_forms_of_work(
    client: Client, deputy: User, algebraist: User, pupil: Pupil
) -> None:
    page = text_of(opened(client, algebraist, reverse("desk:pupil", args=[pupil.pk])))
    assert "Причины: нет записи" in page
    add(deputy, pupil, "PED03", "SOC01")
    work_add(by=algebraist, entries=[entry_of(pupil)], text="карточки по теме", subject=None)
    page = text_of(opened(client, algebraist, reverse("desk:pupil", args=[pupil.pk])))
    assert f"Причины: пробелы в знаниях, {CLOSED_WORDS}" in page
    assert "Формы работы: карточки по теме" in page
    assert not RestrictedRead.objects.exists()


@db
def test_the_share_with_causes_is_live_and_leads_to_those_without(
    as_deputy: Client, deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    other = make_pupil(seventh, "Рябов Денис Игоревич")
    give_marks(other, "Физика", 2)
    judged(other)
    add(deputy, pupil, "SOC02")
    page = as_deputy.get("/registry/")
    assert "Причины установлены: 1 из 2 (50,0 %)" in text_of(page).replace("\u00a0", " ")
    without = as_deputy.get("/registry/" + page.context["causeless"])
    assert [line.row.entry.pupil for line in without.context["lines"]] == [other]
    cause_withdraw(by=deputy, cause=EntryCause.objects.get(), why="не подтвердилось")
    assert as_deputy.get("/registry/").context["counts"].caused == 0


@db
def test_a_class_teacher_agrees_on_one_page_with_causes(client: Client, teacher: User, pupil: Pupil) -> None:
    client.force_login(teacher)
    entry = entry_of(pupil)
    chosen = client.post("/registry/", {"what": "causes", "pick": f"{entry.pk}:{entry.version}"})
    page = client.get(chosen["Location"])
    assert "Ковтун Матвей" in text_of(page)
    told = {"pick": f"{entry.pk}:{entry.version}", "how": "talk", "on": "2026-11-10", "ct": ["CT01", "CT04"]}
    assert client.post("/registry/agree/", {**told, "on": "2027-01-01"}).status_code == 422
    assert client.post("/registry/agree/", {**told, "pick": []}).status_code == 422
    assert entry_of(pupil).state == "proposed"
    assert client.post("/registry/agree/", told).status_code == 302
    assert (entry_of(pupil).state, standing(pupil)) == ("agreed", {"CT01", "CT04"})
    assert "Согласовывать нечего" in text_of(client.get("/registry/agree/"))


@db
def test_the_page_agrees_only_to_the_own_class(client: Client, teacher: User, school: Any) -> None:
    stranger = make_pupil(make_class(school, "8А"), "Зимина Полина Ильинична")
    give_marks(stranger, "Физика", 2)
    judged(stranger)
    client.force_login(teacher)
    told = {"pick": f"{entry_of(stranger).pk}:1", "how": "talk", "on": "2026-11-10"}
    assert client.post("/registry/agree/", told).status_code == 404
    assert RegistryEntry.objects.get().state == "proposed"


@db
def test_the_page_adds_corrects_and_takes_back(client: Client, teacher: User, pupil: Pupil) -> None:
    client.force_login(teacher)
    address = f"/registry/{entry_of(pupil).pk}/causes/"
    told = {"how": "form", "on": "2026-11-10", "note": "анкета класса"}
    assert client.post(address, told).status_code == 422
    assert client.post(address, {**told, "ct": ["CT02"]}).status_code == 302
    cause = EntryCause.objects.get()
    corrected = client.post(f"/registry/causes/{cause.pk}/", {**told, "code": "CT05"})
    assert corrected.status_code == 302
    assert standing(pupil) == {"CT05"}
    new = EntryCause.objects.get(code="CT05")
    assert client.post(f"/registry/causes/{new.pk}/withdraw/", {"reason": "не подтвердилось"}).status_code == 302
    page = text_of(client.get(address))
    assert "Сняты и исправлены" in page and "не подтвердилось" in page and "исправлено" in page
