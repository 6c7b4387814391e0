"""Files of years before the school's own: the year, its classes and places, and taking them back."""

from dataclasses import replace
from datetime import date

import pytest

from gradebook.parsed import ParsedFile, PeriodKind, StatedPeriod
from gradebook.services.imports import Imported
from gradebook.services.undo import gradebook_undo
from risk_registry.models import PupilCategory
from school.models import AcademicYear, Enrolment, ImportBatch, Pupil, School, SchoolClass
from tests.factories import make_class, make_pupil
from tests.gradebook.said import load, results_of, summary

KOVTUN, BELOVA, ORLOVA = "Ковтун Матвей Андреевич", "Белова Ева Артёмовна", "Орлова Тая Сергеевна"
YEAR = StatedPeriod(PeriodKind.YEAR)


def earlier(
    *names: str,
    class_name: str = "6А",
    period: StatedPeriod = YEAR,
    births: dict[str, date] | None = None,
    year: int = 2025,
) -> ParsedFile:
    """A summary of last year in which everybody has a 2 in algebra."""
    told = summary({name: {"Алгебра": "2"} for name in names}, class_name=class_name, period=period)
    pupils = tuple(replace(ref, birth_date=(births or {}).get(ref.name)) for ref in told.blocks[0].pupils)
    return replace(told, blocks=(replace(told.blocks[0], year_start=year, pupils=pupils),))


def unmatched(done: Imported) -> list[tuple[str, str, int]]:
    return [(row.value, row.reason, len(row.candidates)) for file in done.files for row in file.unmatched]


def test_a_heading_of_an_earlier_year_makes_the_year_its_classes_and_places(school: School) -> None:
    done = load(school, earlier(KOVTUN, BELOVA), earlier(ORLOVA, class_name="6Б"))

    year = AcademicYear.objects.get(school=school, start=2025)
    assert year.periods.filter(system="quarters").count() == 4
    seats = Enrolment.objects.filter(school_class__year=year).order_by("school_class__letter", "pupil__sort_key")
    assert [(seat.pupil.last_name, str(seat.school_class), seat.starts, seat.ends) for seat in seats] == [
        ("Белова", "6А", date(2025, 9, 1), date(2026, 8, 31)),
        ("Ковтун", "6А", date(2025, 9, 1), date(2026, 8, 31)),
        ("Орлова", "6Б", date(2025, 9, 1), date(2026, 8, 31)),
    ]
    assert done.as_json()["years"] == [
        {
            "year": 2025,
            "title": "2025/26",
            "new": True,
            "main": "quarters",
            "upper": "halfyears",
            "classes": ["6А", "6Б"],
            "pupils": 3,
        }
    ]
    assert results_of(school)[("Ковтун", "Алгебра", "year", None)] == "2"
    begins = PupilCategory.objects.get(pupil__last_name="Ковтун", period__system="start", period__year__start=2026)
    assert begins.category == "failing"


def test_a_dry_run_says_so_and_makes_nothing(school: School) -> None:
    done = load(school, earlier(KOVTUN), dry_run=True)

    assert done.as_json()["years"][0]["classes"] == ["6А"]
    assert not AcademicYear.objects.filter(start=2025).exists()


def test_the_year_has_the_periods_that_its_files_name(school: School) -> None:
    load(school, earlier(KOVTUN, period=StatedPeriod(PeriodKind.TRIMESTER, 3)))

    year = AcademicYear.objects.get(school=school, start=2025)
    assert (year.main_system, year.classes.get().period_system) == ("trimesters", "trimesters")


def test_namesakes_are_asked_about_whatever_their_class_is_today(school: School) -> None:
    seventh, eighth = SchoolClass.objects.get(school=school, letter="А"), make_class(school, "8А")
    make_pupil(seventh, "Иванов Иван Иванович", birth=date(2013, 3, 1))
    younger = make_pupil(eighth, "Иванов Иван Иванович", birth=date(2012, 5, 5))
    name = "Иванов Иван Иванович"

    done = load(school, earlier(name))
    assert unmatched(done) == [(name, "в школе подходят несколько учеников: выберите, кто это", 2)]

    load(school, earlier(name, class_name="7А", births={name: date(2012, 5, 5)}))
    assert Enrolment.objects.get(school_class__year__start=2025).pupil == younger


def test_an_identifier_goes_before_the_name(school: School) -> None:
    load(school, earlier("№0102"))

    assert Enrolment.objects.get(school_class__year__start=2025).pupil.last_name == "Белова"


def test_one_far_too_young_for_the_class_is_asked_about(school: School) -> None:
    done = load(school, earlier(KOVTUN, class_name="9А"))

    assert unmatched(done)[0][1:] == ("имя подходит одному ученику, но 9А в 2025/26 ему не по возрасту", 1)


def test_a_second_file_finds_the_class_and_one_name_does_not_sit_in_two(school: School) -> None:
    load(school, earlier(KOVTUN))
    done = load(school, earlier(KOVTUN, class_name="6Б"), earlier(BELOVA, KOVTUN))

    assert unmatched(done) == [(KOVTUN, "в 2025/26 такой ученик уже записан в 6А", 1)]
    assert SchoolClass.objects.get(year__start=2025, letter="А").enrolments.count() == 2
    assert Enrolment.objects.filter(school_class__year__start=2025, pupil__last_name="Ковтун").count() == 1


def test_a_year_that_the_school_keeps_itself_gets_no_classes_from_files(school: School) -> None:
    year = AcademicYear.objects.create(
        school=school, start=2025, starts=date(2025, 9, 1), ends=date(2026, 8, 31), main_system="quarters",
        upper_system="halfyears",
    )  # fmt: skip
    SchoolClass.objects.create(school=school, year=year, grade=5, letter="А", period_system="quarters")
    done = load(school, earlier(KOVTUN))

    assert [row[1] for row in unmatched(done)] == ["в школе нет класса 6А"]


@pytest.mark.parametrize("year", [2027, 2001])
def test_only_years_that_are_over_and_within_a_school_career_are_opened(school: School, year: int) -> None:
    done = load(school, earlier(KOVTUN, year=year))

    assert [row[1] for row in unmatched(done)] == [f"в школе нет учебного года {year}/{(year + 1) % 100:02d}"]
    assert school.years.count() == 1


def test_undo_takes_the_year_away_and_leaves_what_others_use(school: School) -> None:
    first = load(school, earlier(KOVTUN)).batch
    second = load(school, earlier(BELOVA)).batch
    assert first is not None and second is not None

    gradebook_undo(by=None, batch=first)
    year = AcademicYear.objects.get(school=school, start=2025)
    assert [seat.pupil.last_name for seat in Enrolment.objects.filter(school_class__year=year)] == ["Белова"]

    gradebook_undo(by=None, batch=second)
    assert not AcademicYear.objects.filter(pk=year.pk).exists()
    begins = PupilCategory.objects.filter(period__system="start", category="failing")
    assert not begins.exists()


def test_undo_of_the_only_batch_leaves_nothing_of_the_year(school: School) -> None:
    batch = load(school, earlier(KOVTUN, period=StatedPeriod(PeriodKind.QUARTER, 4)), earlier(BELOVA)).batch
    assert batch is not None
    gradebook_undo(by=None, batch=batch)

    assert not AcademicYear.objects.filter(start=2025).exists()
    assert ImportBatch.objects.get(pk=batch.pk).state == "undone"
    assert Pupil.objects.filter(school=school).count() == 4
