"""From files to a decided registry: what the school gets, sentence by sentence."""

import json
import re
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import localdate
from openpyxl import Workbook, load_workbook

from risk_registry.models import PupilCategory, RegistryEntry
from school.models import School
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff

pytestmark = pytest.mark.django_db
HEADINGS = ("Ид. ученика", "ФИО", "Класс", "Предмет", "Дата", "Отметка")


def run(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def send_marks(folder: Path, *rows: tuple[str, str, str, date, int]) -> None:
    """Import a flat list: id, class, subject, day, mark."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for identifier, school_class, subject, day, mark in rows:
        sheet.append((identifier, NAMES[identifier], school_class, subject, day, mark))
    book.save(folder / "marks.xlsx")
    run("import_gradebook", str(folder / "marks.xlsx"), "--school", "S1", "--accept-changes")


NAMES = {"1": "Ковтун Матвей Андреевич", "2": "Зимина Полина Ильинична", "3": "Орлова Тая Ильинична"}


@pytest.fixture
def school() -> School:
    """Two pupils of 7А, one of 10А, and the deputy."""
    school = make_school("S1")
    seventh, tenth = make_class(school, "7А"), make_class(school, "10А")
    for identifier, name in NAMES.items():
        make_pupil(tenth if identifier == "3" else seventh, name, external_id=identifier)
    make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy")
    return school


@pytest.fixture
def deputy(school: School, client: Client) -> Client:
    client.force_login(school.users.get(username="deputy"))
    return client


def told_of(identifier: str, period: int = 1) -> dict[str, Any]:
    """What `classify` says of one pupil."""
    pupils = run("classify", "--school", "S1", "--period", str(period))["pupils"]
    return next(pupil for pupil in pupils if pupil["external_id"] == identifier)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def entry(identifier: str) -> RegistryEntry:
    return RegistryEntry.objects.get(pupil__external_id=identifier, period__number=1, period__system="quarters")


SEPTEMBER = date(2026, 9, 14)


def test_an_import_judges_the_pupils_it_touches_at_once(school: School, tmp_path: Path) -> None:
    send_marks(tmp_path, ("1", "7А", "Алгебра", SEPTEMBER, 2))
    found = {row.pupil.external_id: row.category for row in PupilCategory.objects.filter(period__number=1)}
    assert found == {"1": "weak", "2": "none", "3": "none"}
    send_marks(tmp_path, ("2", "7А", "Физика", SEPTEMBER, 2))
    assert PupilCategory.objects.get(pupil__external_id="2", period__number=1).category == "weak"
    assert entry("2").state == "proposed"


def test_a_mark_corrected_between_two_imports_counts_as_it_is_and_shows_what_it_was(
    school: School, deputy: Client, tmp_path: Path
) -> None:
    later = date(2026, 9, 21)
    send_marks(tmp_path, ("1", "7А", "Алгебра", SEPTEMBER, 2), ("1", "7А", "Алгебра", later, 2))
    send_marks(tmp_path, ("1", "7А", "Алгебра", SEPTEMBER, 4))
    assert told_of("1")["evidence"][0]["unsatisfactory"] == ["2026-09-21"]
    opened = deputy.get(f"/registry/{entry('1').pk}/").content.decode()
    assert '<del>2</del> 4<span class="visually-hidden"> исправлена</span>' in opened


def test_an_undone_import_takes_its_judgement_back(school: School, tmp_path: Path) -> None:
    send_marks(tmp_path, ("1", "7А", "Алгебра", SEPTEMBER, 5))
    send_marks(tmp_path, ("1", "7А", "Алгебра", date(2026, 9, 21), 2))
    assert entry("1").state == "proposed"
    batch = school.import_batches.latest("pk").pk
    run("undo_import", str(batch))
    assert entry("1").state == "withdrawn"
    assert told_of("1")["category"] == "none"


def test_an_upper_class_is_judged_by_its_half_year_and_provisional_until_it_ends(
    school: School, tmp_path: Path
) -> None:
    send_marks(tmp_path, ("3", "10А", "Алгебра", SEPTEMBER, 2))
    first, second = told_of("3", 1), told_of("3", 2)
    assert (first["category"], first["provisional"]) == ("weak", True)
    assert (second["category"], second["evidence"][0]["unsatisfactory"]) == ("weak", ["2026-09-14"])


def test_a_pupil_of_whom_nothing_is_known_is_never_called_free_of_risk(
    school: School, deputy: Client, tmp_path: Path
) -> None:
    send_marks(tmp_path, ("1", "7А", "Алгебра", SEPTEMBER, 5))
    assert (told_of("2")["category"], told_of("2")["unrated"]) == ("none", True)
    page = words(deputy.get("/registry/"))
    assert "Нет данных: 10А" in page and "Это не значит, что риска нет" in page
    assert "Зимина Полина" in words(deputy.get("/registry/categories/?category=unrated"))


def test_the_deputy_finds_sees_why_and_decides_with_every_step_kept(
    school: School, deputy: Client, tmp_path: Path
) -> None:
    send_marks(tmp_path, *((key, "7А", "Алгебра", SEPTEMBER, 2) for key in ("1", "2")))
    listed = deputy.get("/registry/?category=weak&text=ковтун")
    assert [line.row.entry.pupil.external_id for line in listed.context["lines"]] == ["1"]
    opened = words(deputy.get(f"/registry/{entry('1').pk}/"))
    assert "Алгебра 2 14.09" in opened and "предложен, по отметкам" in opened

    reason = {"comment": "уточните причину", "version": entry("1").version}
    deputy.post(f"/registry/{entry('1').pk}/return/", reason)
    picks = [f"{entry(key).pk}:{entry(key).version}" for key in ("1", "2")]
    deputy.post("/registry/", {"what": "approve", "pick": picks})
    assert [entry(key).state for key in ("1", "2")] == ["approved", "approved"]
    deputy.post(f"/registry/{entry('2').pk}/remove/", {"comment": "приказ № 3", "version": entry("2").version})

    way = [(step.to_state, str(step.by or ""), step.comment) for step in entry("1").steps.all()]
    assert way[1:] == [("returned", "Ермолаева\u00a0С.\u00a0В.", "уточните причину"), ("approved", way[1][1], "")]
    assert all(localdate(step.at) == school.today() for step in entry("1").steps.all())
    assert (entry("2").state, entry("2").remark) == ("removed", "приказ № 3")


def test_an_approved_entry_is_never_changed_silently(school: School, deputy: Client, tmp_path: Path) -> None:
    send_marks(tmp_path, ("1", "7А", "Алгебра", SEPTEMBER, 2))
    deputy.post("/registry/", {"what": "approve", "pick": f"{entry('1').pk}:{entry('1').version}"})
    send_marks(tmp_path, ("1", "7А", "Физика", SEPTEMBER, 2))
    assert len(entry("1").subjects) == 1
    assert "по отметкам теперь: слабоуспевающий: Алгебра, Физика" in words(deputy.get("/registry/"))


def test_every_count_leads_to_a_list_of_that_length(school: School, deputy: Client, tmp_path: Path) -> None:
    send_marks(tmp_path, *((key, "7А", "Алгебра", SEPTEMBER, 2) for key in ("1", "2")))
    page = deputy.get("/registry/")
    for tab in page.context["tabs"]:
        assert len(deputy.get(f"/registry/{tab.url}").context["lines"]) == tab.count
    unknown = page.context["note"]
    assert len(deputy.get(unknown.url).context["rows"]) == unknown.pupils == 1


def test_the_workbook_names_everybody_of_the_list(school: School, deputy: Client, tmp_path: Path) -> None:
    send_marks(tmp_path, *((key, "7А", "Алгебра", SEPTEMBER, 2) for key in ("1", "2")))
    sheet = load_workbook(BytesIO(deputy.get("/registry/export/?sort=name").content)).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=3, values_only=True)] == [NAMES["2"], NAMES["1"]]


def test_before_the_first_approval_the_lists_are_calibrated_by_the_school_s_order(
    school: School, deputy: Client, tmp_path: Path
) -> None:
    send_marks(tmp_path, *((key, "7А", "Алгебра", SEPTEMBER, 2) for key in ("1", "2")))
    page = deputy.get("/registry/calibration/")
    by_marks = [choice.listed for choice in page.context["grid"].school.choices if choice.max_result == 5]
    assert by_marks == [2, 0, 0, 0, 0]
    assert "8,7" in words(page) and "7А" in words(page)
    order = {"order_number": "117-о", "order_date": "2026-11-20"}
    deputy.post("/registry/calibration/", {"weak_min_marks": 2, "weak_max_result": 5, **order})
    assert "Приказ № 117-о" in words(deputy.get("/registry/calibration/"))
    assert run("classify", "--school", "S1", "--period", "1")["counts"]["weak"] == 0


def test_three_twos_in_a_subject_are_a_signal_with_their_days(school: School, deputy: Client, tmp_path: Path) -> None:
    days = [date(2026, 9, 14), date(2026, 9, 21), date(2026, 10, 5)]
    send_marks(tmp_path, *(("1", "7А", "Алгебра", day, 2) for day in days))
    (signal,) = run("signals", "--school", "S1", "--period", "1")["signals"]
    assert (signal["external_id"], signal["evidence"]) == ("1", [day.isoformat() for day in days])
    first = school.years.get().periods.get(system="quarters", number=1)
    assert "14.09" in words(deputy.get(f"/registry/signals/?period={first.pk}"))
