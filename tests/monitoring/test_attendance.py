"""«Посещаемость»: who missed how much and why, from figures counted by hand."""

from datetime import date, timedelta

import pytest

from common.errors import Refused
from gradebook.models import Absence, AbsenceReason, Mark
from risk_registry.categories import AnswerKind, SignalRule
from risk_registry.models import Signal
from risk_registry.services.judging import period_judge
from school.models import Pupil, School, User
from school.roles import Position
from tests.counting import seat
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.monitoring.papers import (
    all_words,
    assert_same_tables,
    built,
    cells_of,
    queries_of,
    table_of,
    wanted_of,
)
from tests.risk_registry.making import give_marks

pytestmark = pytest.mark.django_db
KIND = "attendance"
MONDAY = date(2026, 9, 7)
LONG = "Константинопольская-Преображенская Александрина Владиславовна"


def missed(pupil: Pupil, day: date, number: int = 1, reason: AbsenceReason = AbsenceReason.UNEXCUSED) -> None:
    year = pupil.school.years.get()
    subject = make_subject(pupil.school, "Алгебра")
    for ordinal in range(number):
        Absence.objects.create(
            school=pupil.school,
            year=year,
            pupil=pupil,
            subject=subject,
            date=day,
            ordinal=ordinal,
            reason=reason,
        )


@pytest.fixture
def small() -> School:
    """7А: one misses five days, one two days, one is ill; 8Б has no journal; 1А of another school is elsewhere."""
    school = make_school()
    seventh, eighth = make_class(school, "7А"), make_class(school, "8Б")
    grave, twice, ill = (make_pupil(seventh, name) for name in (LONG, "Ёлкин Пётр", "Жуков Олег"))
    make_pupil(eighth, "Белов Иван")
    for pupil in (grave, twice, ill):
        give_marks(pupil, "Алгебра", 4, on=MONDAY)
    for day in range(5):
        missed(grave, MONDAY + timedelta(days=day))
    for day in range(2):
        missed(twice, MONDAY + timedelta(days=7 + day), 2)
    missed(ill, MONDAY, 3, AbsenceReason.ILLNESS)
    other = make_school("S2")
    stranger = make_pupil(make_class(other, "9В"), "Чужой Пётр")
    missed(stranger, MONDAY)
    for each in (school, other):
        period_judge(period=wanted_of(each).period)
    return school


def test_classes_are_counted_by_reason_and_one_without_journals_has_no_noughts(small: School) -> None:
    paper = built(KIND, small)
    assert cells_of(paper, "classes") == [
        ["7А", "3", "12", "9", "3", "0", "4,00", "—", "1", "1"],
        ["8Б", "1", "—", "—", "—", "—", "—", "—", "—", "—"],
        ["Итого", "3", "12", "9", "3", "0", "4,00", "—", "1", "1"],
    ]
    assert paper.caveats[0] == "Нет данных журналов за период: 8Б. В итогах этих классов нет."
    assert cells_of(paper, "weeks") == [["07.09–12.09", "5", "3", "0"], ["14.09–19.09", "4", "0", "0"]]


def test_that_a_pupil_goes_to_a_specialist_is_not_named_as_the_answer(small: School) -> None:
    make_staff(small, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch")
    signal = Signal.objects.get(rule=SignalRule.ABSENCES, pupil__last_name=LONG.split()[0])
    by = User.objects.get(username="zavuch")
    for number, kind in enumerate((AnswerKind.TALK, AnswerKind.REFERRAL, AnswerKind.MEETING, AnswerKind.NOTE), 1):
        signal.responses.create(kind=kind, by=by, on=date(2026, 9, 20 + number), reference=f"deed:{number}")
    told = cells_of(built(KIND, small), "systematic")[0][-1]
    assert told == "Беседа 21.09.2026; " + "; ".join(f"Другая запись {day}.09.2026" for day in (22, 23, 24))


def test_those_who_miss_systematically_are_named_with_what_was_done(small: School) -> None:
    [row] = cells_of(built(KIND, small), "systematic")
    assert row == [LONG, "7А", "5", "5", "11.09.2026", "нет записи"]
    [link] = [row[0].link for row in table_of(built(KIND, small), "systematic").rows]
    assert str(Pupil.objects.get(last_name__startswith="Констан").pk) in link
    [repeated] = cells_of(built(KIND, small), "repeated")
    assert repeated[:4] == ["Ёлкин Пётр", "7А", "4", "2"]


def test_borders_of_levels_are_the_schools(small: School) -> None:
    small.settings.absent_systematic, small.settings.absent_percent = 6, 100
    small.settings.save()
    period_judge(period=wanted_of(small).period)
    assert cells_of(built(KIND, small), "systematic") == []
    assert len(cells_of(built(KIND, small), "repeated")) == 2


def test_every_form_says_the_same_and_nothing_of_another_school(small: School) -> None:
    paper = built(KIND, small)
    assert_same_tables(paper)
    for words in all_words(paper).values():
        assert LONG in words
        assert "нет записи" in words
        assert "Чужой" not in words
        assert "9В" not in words
        assert "Жуков" not in words  # whose illness is nobody's business


def test_a_second_quarter_is_compared_with_the_first(small: School) -> None:
    ill = Pupil.objects.get(last_name="Жуков")
    give_marks(ill, "Алгебра", 5, on=date(2026, 11, 9))
    missed(ill, date(2026, 11, 9), 3)
    period_judge(period=wanted_of(small, 2).period)
    rows = cells_of(built(KIND, small, 2), "dynamics")
    assert [row[1:3] for row in rows] == [["4,00", "1,00"], ["3,00", "1,00"], ["1,00", "0,00"], ["0,00", "0,00"]]
    assert [row[3:] for row in rows[1:]] == [
        ["75,0\u00a0%", "100,0\u00a0%"],
        ["25,0\u00a0%", "0,0\u00a0%"],
        ["0,0\u00a0%"] * 2,
    ]
    [share, *_] = built(KIND, small, 2).suggestions
    assert share.text == (
        "Доля пропусков без уважительной причины составила 100,0\u00a0% (в прошлом периоде — 75,0\u00a0%)."
    )


def test_without_any_journal_there_are_no_data_rather_than_noughts(small: School) -> None:
    Absence.objects.all().delete()
    Mark.objects.all().delete()
    Signal.objects.filter(rule=SignalRule.ABSENCES).delete()
    paper = built(KIND, small)
    assert cells_of(paper, "classes")[-1] == ["Итого", "0", *["—"] * 8]
    assert "Пропусков в журналах нет." in all_words(paper)["html"]


def test_there_is_nothing_to_tell_before_a_classification() -> None:
    with pytest.raises(Refused, match="ещё нет ни одной категории"):
        built(KIND, make_school())


def test_queries_do_not_grow_with_pupils(small: School) -> None:
    before = queries_of(KIND, small)
    school_class = small.years.get().classes.get(grade=7)
    subject = make_subject(small, "Алгебра")
    Absence.objects.bulk_create(
        Absence(school=small, year=school_class.year, pupil=pupil, subject=subject, date=MONDAY + timedelta(days=day),
                reason=AbsenceReason.UNEXCUSED)
        for pupil in seat(school_class, 300)
        for day in range(5)
    )  # fmt: skip
    period_judge(period=wanted_of(small).period)
    assert len(cells_of(built(KIND, small), "systematic")) == 301
    assert queries_of(KIND, small) == before
