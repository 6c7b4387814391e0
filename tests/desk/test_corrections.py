from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gradebook.models import Absence, Mark, PeriodResult
from risk_registry.services.classification import period_classify
from school.models import HistoryEvent, Pupil, User
from school.selectors_history import history_of
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import give_marks, give_result, judged, period_of

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 7)


@pytest.fixture
def pupil() -> Pupil:
    teacher = make_staff(make_school(), "Власова Надежда Игоревна", "teacher", login="klass")
    return make_pupil(make_class(teacher.school, "7А", teacher=teacher), "Ковтун Матвей Андреевич")


@pytest.fixture
def deputy(pupil: Pupil, client: Client) -> User:
    make_staff(pupil.school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    deputy = User.objects.get(username="zavuch")
    client.force_login(deputy)
    return deputy


def test_a_mark_is_corrected_on_the_page_and_the_category_follows(client: Client, pupil: Pupil, deputy: User) -> None:
    subject = give_marks(pupil, "Алгебра", 2, on=SEPTEMBER)
    period_classify(period=period_of(pupil.school))
    assert judged(pupil).category == "weak"
    mark = Mark.objects.get()
    answer = client.post(
        reverse("desk:mark", args=[pupil.pk, mark.pk]), {"value": "4", "was": "2", "comment": "ошибка журнала"}
    )
    page = reverse("desk:subject", args=[pupil.pk, subject.pk])
    assert answer.headers["Location"] == page
    assert judged(pupil).category == "none"
    [told] = history_of(mark)
    assert (told.who, [(field.old, field.new) for field in told.fields if field.label == "отметка"]) == (
        "Ермолаева\u00a0С.\u00a0В.",
        [("2", "4")],
    )
    text = client.get(page).content.decode()
    assert "<del>2</del> 4" in text
    assert "исправлена" in text


def test_a_change_that_came_in_between_is_told_and_nothing_is_overwritten(
    client: Client, pupil: Pupil, deputy: User
) -> None:
    give_marks(pupil, "Алгебра", 2, on=SEPTEMBER)
    mark = Mark.objects.get()
    Mark.objects.update(value=3)
    answer = client.post(reverse("desk:mark", args=[pupil.pk, mark.pk]), {"value": "5", "was": "2"})
    assert answer.status_code == 422
    assert "Отметку уже исправили" in answer.content.decode()
    assert Mark.objects.get().value == 3


def test_a_mark_outside_the_scale_is_refused_with_a_word(client: Client, pupil: Pupil, deputy: User) -> None:
    give_marks(pupil, "Алгебра", 2, on=SEPTEMBER)
    answer = client.post(reverse("desk:mark", args=[pupil.pk, Mark.objects.get().pk]), {"value": "6", "was": "2"})
    assert answer.status_code == 422
    assert Mark.objects.get().value == 2


def test_a_mark_is_added_and_removed_again(client: Client, pupil: Pupil, deputy: User) -> None:
    subject = give_marks(pupil, "Алгебра", 4, on=SEPTEMBER)
    client.post(reverse("desk:mark_add", args=[pupil.pk, subject.pk]), {"day": "2026-09-14", "value": "2"})
    added = Mark.objects.get(date=date(2026, 9, 14))
    assert (added.value, added.by_hand) == (2, True)
    client.post(reverse("desk:mark_remove", args=[pupil.pk, added.pk]))
    assert list(Mark.objects.values_list("value", flat=True)) == [4]
    removed = HistoryEvent.objects.filter(table="gradebook_mark", operation="D").get()
    assert removed.user == deputy


def test_a_mark_of_a_day_to_come_is_refused_and_what_was_typed_stays(
    client: Client, pupil: Pupil, deputy: User
) -> None:
    subject = make_subject(pupil.school, "Алгебра")
    url = reverse("desk:mark_add", args=[pupil.pk, subject.pk])
    answer = client.post(url, {"day": "2027-01-20", "value": "5", "comment": "пересдача"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Этот день ещё не наступил" in text
    assert "пересдача" in text


def test_an_excused_not_attested_no_longer_makes_the_pupil_failing(client: Client, pupil: Pupil, deputy: User) -> None:
    result = give_result(pupil, "Алгебра", "н/а")
    period_classify(period=period_of(pupil.school))
    assert judged(pupil).category == "failing"
    url = reverse("desk:excuse", args=[pupil.pk, result.pk])
    client.post(url, {"excused": "1"})
    assert judged(pupil).category == "none"
    text = client.get(reverse("desk:subject", args=[pupil.pk, result.subject_id])).content.decode()
    assert "уважительная причина" in text
    client.post(url, {"excused": "0"})
    assert PeriodResult.objects.get().excused is False
    assert judged(pupil).category == "failing"


def test_the_reason_of_an_absence_is_written_down(client: Client, pupil: Pupil, deputy: User) -> None:
    absence = Absence.objects.create(
        school=pupil.school,
        year=pupil.school.years.get(),
        pupil=pupil,
        subject=give_marks(pupil, "Алгебра", 4, on=SEPTEMBER),
        date=SEPTEMBER,
        reason="unexcused",
    )
    client.post(reverse("desk:absence", args=[pupil.pk, absence.pk]), {"reason": "illness", "comment": "справка"})
    absence.refresh_from_db()
    assert (absence.reason, absence.by_hand) == ("illness", True)


def test_the_class_teacher_reads_and_is_offered_no_correction(client: Client, pupil: Pupil, deputy: User) -> None:
    subject = give_marks(pupil, "Алгебра", 2, on=SEPTEMBER)
    client.force_login(User.objects.get(username="klass"))
    text = client.get(reverse("desk:subject", args=[pupil.pk, subject.pk])).content.decode()
    assert "Исправить" not in text
    assert "Добавить отметку" not in text
    mark = Mark.objects.get()
    assert client.post(reverse("desk:mark", args=[pupil.pk, mark.pk]), {"value": "4", "was": "2"}).status_code == 403
    assert Mark.objects.get().value == 2


def test_a_mark_of_another_pupil_is_not_found_under_this_one(client: Client, pupil: Pupil, deputy: User) -> None:
    other = make_pupil(pupil.enrolments.get().school_class, "Агеев Лев Павлович")
    give_marks(other, "Алгебра", 2, on=SEPTEMBER)
    mark = Mark.objects.get()
    assert client.post(reverse("desk:mark_remove", args=[pupil.pk, mark.pk])).status_code == 404
    assert Mark.objects.exists()


def test_a_result_is_set_corrected_excused_and_taken_out_on_the_page(
    client: Client, pupil: Pupil, deputy: User
) -> None:
    subject = give_marks(pupil, "Алгебра", 4, on=SEPTEMBER)
    url = reverse("desk:result", args=[pupil.pk, subject.pk, "1"])
    assert client.post(url, {"value": "2", "was": ""}).status_code == 302
    assert judged(pupil).category == "failing"
    text = client.get(reverse("desk:subject", args=[pupil.pk, subject.pk])).content.decode()
    assert "Итог <b>2</b>" in text and "вручную" in text
    refused = client.post(url, {"value": "5", "was": ""})
    assert (refused.status_code, "сейчас стоит «2»" in refused.content.decode()) == (422, True)
    client.post(url, {"value": "н/а", "was": "2", "excused": "on"})
    assert PeriodResult.objects.get().excused
    assert client.post(url, {"value": "4", "was": "н/а", "excused": "on"}).status_code == 422
    client.post(url, {"value": "", "was": "н/а"})
    assert not PeriodResult.objects.exists()
    client.post(reverse("desk:result", args=[pupil.pk, subject.pk, "year"]), {"value": "5", "was": ""})
    assert PeriodResult.objects.get().kind == "year"


def test_a_mark_is_added_in_a_subject_of_which_there_was_nothing(client: Client, pupil: Pupil, deputy: User) -> None:
    subject = make_subject(pupil.school, "Химия")
    assert "Химия" in client.get(reverse("desk:mark_new", args=[pupil.pk])).content.decode()
    sent = {"subject": subject.pk, "day": "2026-09-14", "value": "5"}
    answer = client.post(reverse("desk:mark_new", args=[pupil.pk]), sent)
    assert answer.headers["Location"] == reverse("desk:subject", args=[pupil.pk, subject.pk])
    assert Mark.objects.get().by_hand


def test_the_class_teacher_adds_a_missed_lesson_and_takes_one_out(client: Client, pupil: Pupil) -> None:
    teacher = User.objects.get(username="klass")
    client.force_login(teacher)
    subject = make_subject(pupil.school, "Алгебра")
    url = reverse("desk:absence_add", args=[pupil.pk])
    client.post(url, {"subject": subject.pk, "day": "2026-09-14", "reason": "illness"})
    added = Absence.objects.get()
    assert (added.reason, added.by_hand) == ("illness", True)
    assert "(вручную)" in client.get(reverse("desk:absences", args=[pupil.pk])).content.decode()
    gone = reverse("desk:absence_remove", args=[pupil.pk, added.pk])
    told = client.post(f"{gone}?was=excused", follow=True).content.decode()
    assert "Причину уже исправили" in told
    client.post(f"{gone}?was=illness")
    assert not Absence.objects.exists()
    assert HistoryEvent.objects.filter(table="gradebook_absence", operation="D").get().user == teacher
    assert client.post(url, {"subject": subject.pk, "day": "2027-01-20", "reason": "illness"}).status_code == 422
