from datetime import date

import pytest
from django.test import Client

from gradebook.models import Coverage, Mark
from risk_registry.links import categories_link, signals_link
from risk_registry.selectors.categories import category_counts, pupil_categories, total_counts
from risk_registry.selectors.periods import previous_period, shown_period
from school.models import ImportBatch, Pupil, School, SchoolClass, User
from school.rules import year_span
from school.services.organisation import year_create
from tests.factories import make_class, make_pupil
from tests.risk_registry.making import entry_of, give_marks, give_result, judged, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    """Three twos in algebra, one of them a 1."""
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, 1, on=date(2026, 9, 14))
    give_marks(pupil, "Алгебра", 2, on=date(2026, 10, 2))
    judged(pupil)
    return pupil


def test_signals_show_whose_and_which_marks(as_deputy: Client, pupil: Pupil) -> None:
    page = as_deputy.get(f"/registry/signals/?period={period_of(pupil.school).pk}")
    (row,) = page.context["rows"]
    assert (row.signal.pupil, row.signal.subject.name) == (pupil, "Алгебра")
    assert sorted((chip.text, chip.on) for chip in row.days) == [
        ("1", date(2026, 9, 14)),
        ("2", date(2026, 9, 14)),
        ("2", date(2026, 10, 2)),
    ]


def test_signals_are_filtered_and_closed_ones_have_their_tab(as_deputy: Client, pupil: Pupil, school: School) -> None:
    empty, first = make_class(school, "7Б"), period_of(school).pk
    assert not as_deputy.get(signals_link(period=first, cls=empty.pk)).context["rows"]
    assert "Ничего не нашлось" in as_deputy.get(signals_link(period=first, cls=empty.pk)).content.decode()
    assert len(as_deputy.get(signals_link(period=first, text="ковт")).context["rows"]) == 1
    Mark.objects.update(value=4)
    judged(pupil)
    assert "Открытых сигналов нет" in as_deputy.get(signals_link(period=first)).content.decode()
    closed = as_deputy.get(signals_link(period=first, state="closed"))
    assert [tab.count for tab in closed.context["tabs"]] == [0, 0, 0, 1]
    assert len(closed.context["rows"]) == 1


def test_a_class_teacher_sees_the_signals_of_the_own_class_only(
    client: Client, pupil: Pupil, school: School, deputy: User
) -> None:
    other = make_class(school, "7Б", teacher=deputy.staff)
    stranger = make_pupil(other, "Пак Виктор Ильич")
    give_marks(stranger, "Физика", 2, 2, 2)
    judged(stranger)
    deputy.staff.positions.all().delete()  # type: ignore[union-attr]
    client.force_login(deputy)
    listed = client.get(f"/registry/signals/?period={period_of(school).pk}")
    assert [row.signal.pupil for row in listed.context["rows"]] == [stranger]


def test_all_categories_are_listed_for_the_counts_of_reports(
    as_deputy: Client, pupil: Pupil, seventh: SchoolClass
) -> None:
    good = make_pupil(seventh, "Белов Кирилл Ильич")
    give_marks(good, "Алгебра", 5)
    unknown = make_pupil(seventh, "Пак Виктор Ильич")
    judged(pupil)

    def found(**filters: object) -> list[str]:
        rows = as_deputy.get(categories_link(**filters)).context["rows"]
        return [row.pupil.last_name for row in rows]

    assert found() == ["Ковтун", "Белов", "Пак"]
    assert found(category="at_risk") == ["Ковтун"]
    assert found(category="none") == ["Белов"]
    assert found(category="unrated", cls=seventh.pk) == ["Пак"]
    assert unknown.last_name in found(sort="-name")[0]


def test_counts_by_class_know_who_is_unrated(pupil: Pupil, seventh: SchoolClass, deputy: User) -> None:
    make_pupil(seventh, "Пак Виктор Ильич")
    reserve = make_pupil(make_class(seventh.school, "8А"), "Орлов Пётр Ильич")
    give_result(reserve, "История", "3")
    judged(pupil)
    first, second = category_counts(period_of(seventh.school))
    assert (str(first.school_class), first.counts.pupils, first.counts.failing, first.counts.unrated) == ("7А", 2, 1, 1)
    assert (second.counts.reserve, second.counts.provisional) == (1, 0)
    total = total_counts([first, second])
    assert (total.pupils, total.under_risk, total.none, total.provisional) == (3, 1, 1, 1)
    assert category_counts(period_of(seventh.school), deputy) == [first, second]


def test_a_pupil_s_categories_are_told_over_time_to_who_may_see_them(pupil: Pupil, deputy: User) -> None:
    judged(pupil, 2)
    assert [(row.period.number, row.category) for row in pupil_categories(deputy, pupil)] == [
        (1, "failing"),
        (2, "none"),
    ]
    stranger = User.objects.create_user("stranger", school=pupil.school)
    assert pupil_categories(stranger, pupil) == []


def test_the_period_before_is_of_the_year_or_of_the_one_before(school: School) -> None:
    year_create(school=school, start=2025, main="trimesters", upper="halfyears")
    newest = school.years.get(start=2026)
    first, second = newest.periods.filter(system="quarters")[:2]
    assert previous_period(second) == first
    before = previous_period(first)
    assert before is not None
    assert (before.year.start, before.system, before.number) == (2025, "trimesters", 3)
    oldest = school.years.get(start=2025).periods.filter(system="trimesters")[0]
    assert previous_period(oldest) is None


def test_a_page_opens_on_the_year_s_beginning_then_on_the_last_period_that_is_over(school: School) -> None:
    year = school.years.get()
    for day, number in [(date(2026, 9, 5), 0), (date(2026, 11, 21), 1), (date(2027, 1, 1), 2), (date(2025, 9, 1), 0)]:
        school.demo_today = day
        school.save()
        year.refresh_from_db()
        shown = shown_period(year)
        assert shown is not None and shown.number == number
    assert year_span(2026)[0] == year.starts


def cover(school_class: SchoolClass, last_day: date) -> None:
    batch = ImportBatch.objects.create(
        school=school_class.school, kind=ImportBatch.Kind.GRADEBOOK, state=ImportBatch.State.APPLIED
    )
    Coverage.objects.create(
        batch=batch,
        form=Coverage.LESSONS,
        year=school_class.year,
        school_class=school_class,
        pupils=[],
        last_day=last_day,
    )


def test_a_class_with_old_data_is_named_with_its_day(as_deputy: Client, pupil: Pupil, seventh: SchoolClass) -> None:
    cover(seventh, date(2026, 10, 23))
    assert not as_deputy.get("/registry/").context["note"].old
    Coverage.objects.update(last_day=date(2026, 10, 5))
    told = as_deputy.get("/registry/").content.decode()
    assert "Данные старые: 7А — на 5 октября" in told
    assert (
        "Данные старые: 7А" in as_deputy.get(f"/registry/signals/?period={period_of(pupil.school).pk}").content.decode()
    )


def test_a_first_grader_is_put_in_on_a_page(as_deputy: Client, school: School) -> None:
    first = make_class(school, "1А")
    little = make_pupil(first, "Зуева Анна Петровна")
    make_pupil(first, "Белов Кирилл Ильич")
    address = f"/registry/include/?cls={first.pk}"
    assert [str(name) for _, name in as_deputy.get(address).context["form"].fields["pupil"].choices] == [
        "Белов Кирилл Ильич",
        "Зуева Анна Петровна",
    ]
    refused = as_deputy.post(address, {"pupil": little.pk, "category": "weak"})
    assert refused.status_code == 422
    sent = {"pupil": little.pk, "category": "weak", "grounds": "решение педсовета, протокол № 2"}
    assert as_deputy.post(address, sent).status_code == 302
    assert (entry_of(little).by_hand, entry_of(little).category) == (True, "weak")
    page = as_deputy.get("/registry/").content.decode()
    assert "включён вручную" in page
    opened = as_deputy.get(f"/registry/{entry_of(little).pk}/").content.decode()
    assert "протокол № 2" in opened
