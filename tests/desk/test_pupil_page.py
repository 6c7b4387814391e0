from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from common.authorship import acting
from desk.selectors.book import pupils_with_school
from desk.selectors.pupil import PupilPage, pupil_page
from gradebook.models import Absence, Mark, PeriodMean
from risk_registry.models import Signal
from risk_registry.services.classification import period_classify
from school.access import who_sees, why_visible
from school.models import Guardian, Guardianship, Pupil, Responsibility, School, TeachingAssignment, User
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import batch_of, give_marks, give_result, period_of

pytestmark = pytest.mark.django_db
SEPTEMBER, NOVEMBER = date(2026, 9, 7), date(2026, 11, 9)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def pupil(school: School) -> Pupil:
    teacher = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    return make_pupil(make_class(school, "7А", teacher=teacher), "Ковтун Матвей Андреевич", birth=date(2013, 4, 18))


@pytest.fixture
def deputy(pupil: Pupil) -> User:
    make_staff(pupil.school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    return User.objects.get(username="zavuch")


def page_of(pupil: Pupil, user: User, number: int | None = None) -> PupilPage:
    return pupil_page(user, pupils_with_school(user).get(pk=pupil.pk), number)


def text_of(client: Client, user: User, name: str, *args: int) -> str:
    client.force_login(user)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_it_shows_who_the_pupil_is(client: Client, pupil: Pupil, deputy: User) -> None:
    tutor = make_staff(pupil.school, "Климова Светлана Романовна", "tutor")
    Responsibility.objects.create(person=tutor, pupil=pupil, kind="tutor")
    text = text_of(client, deputy, "desk:pupil", pupil.pk)
    for words in ("Ковтун Матвей Андреевич", "7А класс", "13 лет", "кл. рук. Власова Н. И.", "тьютор Климова С. Р."):
        assert words in text


def test_the_guardians_telephone_is_shown_to_those_who_may_see_it_only(
    client: Client, pupil: Pupil, deputy: User
) -> None:
    mother = Guardian.objects.create(school=pupil.school, last_name="Ковтун", first_name="Ирина", phone="+7 900 1")
    Guardianship.objects.create(guardian=mother, pupil=pupil, relation="mother")
    teacher = make_staff(pupil.school, "Гречко Павел Семёнович", "teacher", login="predmet")
    TeachingAssignment.objects.create(
        staff=teacher,
        subject=make_subject(pupil.school, "Алгебра"),
        school_class=pupil.enrolments.get().school_class,
    )
    assert "мать: Ковтун Ирина" in text_of(client, deputy, "desk:pupil", pupil.pk)
    stranger = text_of(client, User.objects.get(username="predmet"), "desk:pupil", pupil.pk)
    assert "Ковтун Ирина" not in stranger
    assert "+7 900 1" not in stranger


def test_the_subject_with_a_foretold_two_comes_first_with_what_it_rests_on(pupil: Pupil, deputy: User) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 3, on=NOVEMBER)
    give_marks(pupil, "Биология", 5, 4, 5, on=NOVEMBER)
    give_marks(pupil, "История", 3, 2, on=NOVEMBER)
    rows = page_of(pupil, deputy).subjects
    assert [row.name for row in rows] == ["Алгебра", "История", "Биология"]
    assert (rows[0].mean, rows[0].outlook.text, rows[0].outlook.low) == ("2,33", "2", True)
    assert rows[0].outlook.basis == "по 3\u00a0отметкам"
    assert (rows[1].outlook.text, rows[1].outlook.basis) == ("", "мало отметок")


def test_the_weighted_mean_of_a_file_is_preferred_until_a_mark_is_newer(pupil: Pupil, deputy: User) -> None:
    batch = batch_of(pupil.school)
    subject = give_marks(pupil, "Алгебра", 3, 3, 3, on=NOVEMBER, batch=batch)
    PeriodMean.objects.create(
        school=pupil.school,
        year=pupil.school.years.get(),
        pupil=pupil,
        subject=subject,
        period=period_of(pupil.school, 2),
        weighted="2.4",
        batch=batch,
    )
    [row] = page_of(pupil, deputy).subjects
    assert (row.mean, row.outlook.text, row.outlook.basis) == ("2,40", "2", "по средневзвешенной")
    Mark.objects.update(by_hand=True)
    [row] = page_of(pupil, deputy).subjects
    assert (row.mean, row.outlook.text) == ("3,00", "3")


def test_it_says_what_is_missing_until_a_three(pupil: Pupil, deputy: User) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 3, on=NOVEMBER)
    give_marks(pupil, "Биология", 5, 4, 5, on=NOVEMBER)
    give_marks(pupil, "История", 3, 2, on=NOVEMBER)
    give_marks(pupil, "Физика", 3, 3, 2, on=NOVEMBER)
    needed = {row.name: row.needed for row in page_of(pupil, deputy).subjects}
    assert needed == {"Алгебра": "одна «3»", "Биология": "", "История": "", "Физика": "выдержит одну «2»"}


def test_the_story_of_the_year_merges_marks_signals_absences_and_the_registry(
    client: Client, pupil: Pupil, deputy: User
) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 3, 2, on=NOVEMBER)
    give_result(pupil, "Физика", "2")
    period_classify(period=period_of(pupil.school, 2))
    story = page_of(pupil, deputy).story
    days = [item.on for item in story.items]
    assert days == sorted(days, reverse=True)
    titles = [item.title for item in story.items]
    assert "Итоги 1-й четверти:" in titles
    assert titles.count("Сигнал:") == 1
    assert "Реестр:" in titles
    assert [chip.title for chip in story.chips][:3] == ["Всё", f"Отметки {len(titles) - 2}", "Сигналы 1"]


def test_the_story_shows_one_kind_of_events_and_at_first_the_newest_of_them(
    client: Client, pupil: Pupil, deputy: User
) -> None:
    for day in range(1, 21):
        give_marks(pupil, "Алгебра", 2, on=date(2026, 9, day))
    period_classify(period=period_of(pupil.school, 1))
    client.force_login(deputy)
    address = reverse("desk:pupil", args=[pupil.pk])
    marks = client.get(address, {"show": "marks"}).content.decode()
    assert marks.count("o-event__kind") == 12
    assert "Показать все: 20" in marks
    assert client.get(address, {"show": "marks", "all": "1"}).content.decode().count("o-event__kind") == 20
    assert client.get(address, {"show": "signals"}).content.decode().count("o-event__kind") == 1


def test_the_story_keeps_kind_and_period_in_its_address(client: Client, pupil: Pupil, deputy: User) -> None:
    give_marks(pupil, "Алгебра", 2, on=SEPTEMBER)
    give_marks(pupil, "Физика", 2, 2, on=NOVEMBER)
    period_classify(period=period_of(pupil.school, 2))
    client.force_login(deputy)

    def story(**asked: str) -> str:
        page = client.get(reverse("desk:pupil", args=[pupil.pk]), asked).content.decode()
        return page[page.index('id="events"') :].split("</section>")[0]

    first = story(when="1")
    assert "Алгебра" in first
    assert "Физика" not in first
    assert "Отметки 1" in first
    assert "show=marks&amp;when=1#events" in first
    both = story(show="marks", when="2")
    assert "Физика" in both
    assert "Реестр:" not in both
    assert "period=2&amp;show=marks#events" in both  # the whole year, still marks alone
    assert "Такого за это время не было" in story(show="registry", when="1")
    assert "Алгебра" in story(when="99")  # no such period: the whole year


def test_the_header_says_what_is_due_next(client: Client, pupil: Pupil, deputy: User) -> None:
    assert "Дальше:" not in text_of(client, deputy, "desk:pupil", pupil.pk)
    give_marks(pupil, "Алгебра", 2, 2, 2, on=NOVEMBER)
    period_classify(period=period_of(pupil.school, 2))
    Signal.objects.update(due=date(2026, 11, 25))
    assert "сообщить кл. руководителю или родителям, Алгебра</a> до 25 ноября" in text_of(
        client, deputy, "desk:pupil", pupil.pk
    )
    Signal.objects.update(due=date(2026, 11, 20))
    assert "срок был 20 ноября" in text_of(client, deputy, "desk:pupil", pupil.pk)


def test_a_result_takes_the_place_of_the_forecast(pupil: Pupil, deputy: User) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=SEPTEMBER)
    give_result(pupil, "Алгебра", "3")
    [row] = page_of(pupil, deputy, 1).subjects
    assert (row.outlook.text, row.outlook.known, row.outlook.low) == ("3", True, False)


def test_results_of_earlier_periods_stand_beside_the_chosen_one(pupil: Pupil, deputy: User) -> None:
    give_result(pupil, "Алгебра", "2")
    give_marks(pupil, "Алгебра", 4, on=NOVEMBER)
    [row] = page_of(pupil, deputy).subjects
    [(title, chip)] = row.results
    assert title == "1-я четверть"
    assert chip is not None
    assert (chip.text, chip.low, chip.result) == ("2", True, True)


def test_a_corrected_mark_says_that_it_was_corrected_and_what_it_was(
    client: Client, pupil: Pupil, deputy: User
) -> None:
    subject = give_marks(pupil, "Алгебра", 2, on=NOVEMBER)
    with acting(deputy, "desk:mark"):
        Mark.objects.update(value=4, by_hand=True)
    [row] = page_of(pupil, deputy).subjects
    assert [(chip.text, chip.was) for chip in row.chips] == [("4", "2")]
    text = text_of(client, deputy, "desk:subject", pupil.pk, subject.pk)
    assert "была 2, исправлена" in text
    assert "Ермолаева С. В." in text


def test_figures_are_compared_with_the_same_days_of_the_period_before(pupil: Pupil, deputy: User) -> None:
    give_marks(pupil, "Алгебра", 2, on=date(2026, 9, 21))  # the 21st day of the quarter, as today is
    give_marks(pupil, "Алгебра", 2, 2, on=date(2026, 9, 22))
    give_marks(pupil, "Алгебра", 2, 2, 2, on=NOVEMBER)
    figures = {figure.label: figure for figure in page_of(pupil, deputy).figures}
    twos = figures["Двойки"]
    assert twos.number == "3"
    assert twos.change is not None
    assert (twos.change.by, twos.change.against) == (2, "к тем же дням")


def test_every_figure_leads_to_its_list_on_the_page(client: Client, pupil: Pupil, deputy: User) -> None:
    give_marks(pupil, "Алгебра", 2, on=NOVEMBER)
    text = text_of(client, deputy, "desk:pupil", pupil.pk)
    for figure in page_of(pupil, deputy).figures:
        assert f'href="{figure.url}"' in text
        assert f'id="{figure.url[1:]}"' in text


def test_it_shows_the_category_of_each_period_with_its_reason(client: Client, pupil: Pupil, deputy: User) -> None:
    give_marks(pupil, "Физика", 2, on=SEPTEMBER)
    give_marks(pupil, "Алгебра", 2, 2, 2, on=NOVEMBER)
    period_classify(period=period_of(pupil.school, 1))
    period_classify(period=period_of(pupil.school, 2))
    rows = page_of(pupil, deputy).categories
    assert [(row.period.number, row.category, row.reasons) for row in rows] == [
        (2, "failing", ("прогноз 2: Алгебра",)),
        (1, "weak", ("двойки: Физика (07.09)",)),
    ]
    assert "Неуспевающий" in text_of(client, deputy, "desk:pupil", pupil.pk)


def test_absences_are_laid_out_by_day_with_their_reasons(client: Client, pupil: Pupil, deputy: User) -> None:
    subject = make_subject(pupil.school, "Алгебра")
    for reason, day in (("unexcused", NOVEMBER), ("illness", NOVEMBER + timedelta(1))):
        Absence.objects.create(
            school=pupil.school,
            year=pupil.school.years.get(),
            pupil=pupil,
            subject=subject,
            date=day,
            reason=reason,
        )
    text = text_of(client, deputy, "desk:pupil", pupil.pk)
    assert "09.11: без причины, 1 урок" in text
    assert "10.11: болезнь, 1 урок" in text
    days = reverse("desk:absences", args=[pupil.pk])
    assert f'href="{days}#d2026-11-09"' in text
    assert f'href="{days}?reason=unexcused"' in text


def test_the_list_of_missed_lessons_names_them_by_day_and_reason(client: Client, pupil: Pupil, deputy: User) -> None:
    for subject, reason, day in (("Алгебра", "unexcused", 9), ("Физика", "unexcused", 9), ("Химия", "illness", 10)):
        Absence.objects.create(
            school=pupil.school,
            year=pupil.school.years.get(),
            pupil=pupil,
            subject=make_subject(pupil.school, subject),
            date=date(2026, 11, day),
            reason=reason,
        )
    text = text_of(client, deputy, "desk:absences", pupil.pk)
    assert 'id="d2026-11-09"' in text
    for words in ("Алгебра", "Физика", "Химия", "2 урока, 1 день", "болезнь: <a"):
        assert words in text
    bad = client.get(reverse("desk:absences", args=[pupil.pk]), {"reason": "unexcused"}).content.decode()
    assert "Химия" not in bad
    none = client.get(reverse("desk:absences", args=[pupil.pk]), {"reason": "excused"}).content.decode()
    assert "Таких пропусков нет" in none


def test_without_marks_every_place_says_what_it_will_show(client: Client, pupil: Pupil, deputy: User) -> None:
    text = text_of(client, deputy, "desk:pupil", pupil.pk)
    for words in ("Отметок в этом году ещё нет", "Пропусков нет", "Категории ещё не посчитаны", "Событий ещё не было"):
        assert words in text
    assert "нет данных" in text


def test_a_pupil_without_a_class_has_a_page_too(client: Client, pupil: Pupil, deputy: User) -> None:
    lonely = Pupil.objects.create(school=pupil.school, last_name="Бероев", first_name="Тимур")
    assert "Ученик ещё не в классе" in text_of(client, deputy, "desk:pupil", lonely.pk)


def test_a_pupil_who_left_is_shown_with_the_class_of_the_last_day(client: Client, pupil: Pupil, deputy: User) -> None:
    pupil.enrolments.update(ends=date(2026, 10, 1))
    text = text_of(client, deputy, "desk:pupil", pupil.pk)
    assert "больше не учится, был в 7А" in text


def test_half_years_of_the_upper_classes_are_the_periods_of_their_pupils(deputy: User, school: School) -> None:
    senior = make_pupil(make_class(school, "10А"), "Агеев Лев Павлович")
    give_marks(senior, "Алгебра", 3, on=SEPTEMBER)
    page = page_of(senior, deputy)
    assert [tab.title for tab in page.tabs] == ["1-е полугодие"]
    assert [row.mean for row in page.subjects] == ["3,00"]


def test_who_sees_the_page_and_why_agrees_with_what_each_person_is_told(pupil: Pupil, deputy: User) -> None:
    school = pupil.school
    teacher = make_staff(school, "Гречко Павел Семёнович", "teacher", login="predmet")
    TeachingAssignment.objects.create(
        staff=teacher,
        subject=make_subject(school, "Алгебра"),
        school_class=pupil.enrolments.get().school_class,
    )
    Responsibility.objects.create(
        person=make_staff(school, "Климова Светлана Романовна", "tutor", login="tutor"), pupil=pupil, kind="tutor"
    )
    make_staff(school, "Сорокина Юлия Борисовна", "teacher", login="stranger")
    User.objects.create_user("admin", school=school, is_administrator=True)
    told = {user.display_name: set(why_visible(user, pupil)) for user in User.objects.filter(school=school)}
    assert {reader.name: set(reader.reasons) for reader in who_sees(pupil)} == {k: v for k, v in told.items() if v}
    assert told["Климова\u00a0С.\u00a0Р."] == {"тьютор"}


def test_the_history_page_tells_old_and_new(client: Client, pupil: Pupil, deputy: User) -> None:
    with acting(deputy, "school:pupil_edit"):
        Pupil.objects.filter(pk=pupil.pk).update(first_name="Максим")
    text = text_of(client, deputy, "desk:history", pupil.pk)
    assert "имя: <del>Матвей</del> → Максим" in text


def test_a_subject_without_marks_has_no_page(client: Client, pupil: Pupil, deputy: User) -> None:
    client.force_login(deputy)
    other = make_subject(pupil.school, "Химия")
    assert client.get(reverse("desk:subject", args=[pupil.pk, other.pk])).status_code == 404


def test_what_no_lesson_that_is_left_can_lift_is_called_out_of_reach(
    client: Client, pupil: Pupil, deputy: User
) -> None:
    seat = pupil.enrolments.get()
    subject = give_marks(pupil, "Алгебра", *[2] * 15, on=date(2026, 11, 9))
    staff = make_staff(pupil.school, "Юрьева Анна Сергеевна", "teacher")
    TeachingAssignment.objects.create(
        staff=staff, subject=subject, school_class=seat.school_class, weekly_hours=Decimal(1)
    )
    pupil.school.demo_today = date(2026, 12, 28)
    pupil.school.save()
    deputy = User.objects.get(pk=deputy.pk)
    html = text_of(client, deputy, "desk:pupil", pupil.pk)
    assert "не достать: нужны три «5», а уроков осталось 1" in html
