"""Records of teachers: entered, confirmed, returned, corrected, taken back; files; taps; who sees what."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from school.agendas import agenda_of
from school.models import School, User
from teaching.models import Community, LessonVisit, Practice, PracticeFile, PracticeUse, SetValue, TeacherGap, Training
from teaching.permissions import pedagogical_workers
from teaching.rules.evidence import Code
from teaching.selectors.indicators import staff_shares
from teaching.selectors.own import waiting_records
from teaching.services.communities import CommunityDraft, community_change, meeting_add
from teaching.services.practices import practice_apply, practice_file_add
from teaching.services.records import record_confirm, record_remove, record_return
from teaching.services.trainings import TrainingDraft, training_change
from teaching.services.visits import Seen, gap_close, gap_keep, value_set, visit_change, visit_read, visit_record
from teaching.words import (
    CommunityKind,
    GapArea,
    GapFound,
    MeetingStep,
    RecordState,
    Technology,
    TrainingKind,
    WeakWork,
)
from tests.counting import MOST, queries
from tests.factories import TODAY, make_class, make_school, make_staff
from tests.teaching.making import BEGAN, OVER, PDF, confirmed, gathered, shared, staff_of, trained, visited

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    return User.objects.select_related("school", "staff").get(pk=user.pk)


def titles(user: User) -> list[str]:
    return [item.title.replace("\u00a0", " ") for item in agenda_of(again(user), TODAY)]


def test_a_teacher_enters_the_head_returns_with_a_word_and_confirms_what_was_corrected(
    client: Client, teacher: User, head: User
) -> None:
    row = trained(teacher)
    assert row.state == RecordState.ENTERED
    assert "Подтвердить: 1 запись педагогов" in titles(head)
    client.force_login(head)
    assert client.get(reverse("teaching:waiting")).context["rows"][0].row == row
    back = reverse("teaching:return", args=["training", row.pk])
    assert client.post(back, {"word": "", "version": row.version}).status_code == 422
    assert client.post(back, {"word": "приложите документ", "version": row.version}).status_code == 302
    assert "Запись о развитии вернули с замечанием" in titles(teacher) and not waiting_records(head)

    client.force_login(teacher)
    page = client.get(reverse("teaching:training", args=[row.pk])).content.decode()
    assert "приложите документ" in page
    row.refresh_from_db()
    draft = TrainingDraft(TrainingKind.FORMAL, row.title, BEGAN, OVER, paper_number="12", paper=PDF)
    row = training_change(by=teacher, training=row, draft=draft)
    assert (row.state, row.word) == (RecordState.ENTERED, "")

    client.force_login(head)
    sent = {"version": row.version, "list": "1"}
    assert client.post(reverse("teaching:confirm", args=["training", row.pk]), sent).status_code == 302
    row.refresh_from_db()
    assert row.is_confirmed and row.decided_by == head and titles(teacher) == titles(head) == []


def test_nobody_confirms_their_own_and_what_the_confirmer_writes_about_a_colleague_holds(
    head: User, deputy: User, teacher: User
) -> None:
    mine = trained(head)
    with pytest.raises(Refused, match="подтверждает другой"):
        record_confirm(by=head, row=mine, version=mine.version)
    assert not waiting_records(head) and [one.row for one in waiting_records(deputy)] == [mine]
    record_confirm(by=deputy, row=mine, version=mine.version)
    from_paper = trained(teacher)
    record_remove(by=teacher, row=from_paper, why="повтор")
    assert not waiting_records(deputy)


def test_of_two_who_look_at_one_record_the_second_is_told(head: User, deputy: User, teacher: User) -> None:
    row = trained(teacher)
    record_return(by=head, row=row, version=row.version, word="нет часов")
    with pytest.raises(Refused, match="Пока вы смотрели"):
        record_confirm(by=deputy, row=row, version=row.version)


def test_of_two_who_correct_one_record_the_second_is_told_and_keeps_the_text(
    client: Client, head: User, teacher: User
) -> None:
    row = shared(teacher)
    address = reverse("teaching:practice_edit", args=[row.pk])
    client.force_login(head)
    seen = client.get(address).context["seen"]
    Practice.objects.filter(pk=row.pk).update(title="Подсказки по желанию")
    sent = {"title": "Карточки", "about": "Моё", "tags": "", "link": "", "seen": seen}
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Подсказки по желанию" in page and "Карточки" in page


def test_a_confirmed_record_that_its_teacher_corrects_waits_again_and_one_that_the_head_corrects_does_not(
    teacher: User, head: User
) -> None:
    row = trained(teacher)
    confirmed(head, row)
    draft = TrainingDraft(TrainingKind.NONFORMAL, "Другая тема", BEGAN, OVER)
    row.refresh_from_db()
    assert training_change(by=head, training=row, draft=draft).state == RecordState.CONFIRMED
    assert training_change(by=teacher, training=row, draft=draft).state == RecordState.ENTERED


def test_days_out_of_order_or_to_come_are_refused(teacher: User, colleague: User) -> None:
    with pytest.raises(Refused, match="раньше, чем начинается"):
        trained(teacher, ends=BEGAN.replace(day=1))
    with pytest.raises(Refused, match="ещё не наступило"):
        trained(teacher, ends=TODAY.replace(day=22))
    assert trained(teacher, ends=None).ends is None
    with pytest.raises(Refused, match="хотя бы одного коллегу"):
        gathered(teacher)
    with pytest.raises(Refused, match="раньше, чем начинается"):
        gathered(teacher, colleague, ends=BEGAN.replace(day=1))


def test_a_community_has_people_a_cycle_and_meetings(teacher: User, colleague: User, head: User) -> None:
    row = gathered(teacher, colleague)
    assert {one.staff for one in row.members.all()} == {staff_of(teacher), staff_of(colleague)}
    meeting_add(by=colleague, community=row, on=OVER, step=MeetingStep.LESSON, text="7А, проценты")
    meeting_add(by=colleague, community=row, on=OVER, step=MeetingStep.TALK)
    with pytest.raises(Refused, match="уже записана"):
        meeting_add(by=teacher, community=row, on=OVER, step=MeetingStep.TALK)
    with pytest.raises(Refused, match="вне срока"):
        meeting_add(by=teacher, community=row, on=BEGAN.replace(day=4), step=MeetingStep.PLAN)
    draft = CommunityDraft(CommunityKind.LEARNING, row.title, BEGAN, members=[staff_of(head)])
    community_change(by=teacher, community=row, draft=draft)
    left = row.members.get(staff=staff_of(colleague))
    assert left.ends == TODAY and row.members.get(staff=staff_of(head)).starts == TODAY
    record_remove(by=teacher, row=row, why="не собралось")
    assert not row.members.filter(removed_at__isnull=True).exists()


def test_the_bank_is_searched_by_words_topics_and_tags(client: Client, teacher: User, colleague: User) -> None:
    one, two = shared(teacher), shared(colleague, "Лист самооценки", about="Светофор", topics=["assess"], tags=["урок"])
    Practice.objects.update(state=RecordState.CONFIRMED)
    client.force_login(colleague)
    page = reverse("teaching:practices")

    def found(query: str) -> set[int]:
        return {row.pk for row in client.get(f"{page}?{query}").context["page"].object_list}

    assert found("text=подсказку") == found("tag=дроби") == found("topic=weak") == {one.pk}
    assert found("text=светофор") == found(f"staff={staff_of(colleague).pk}") == {two.pk}
    assert found("text=гречко+карточки") == {one.pk} and found("text=гречко+светофор") == set()
    assert found("topic=чужое&state=xx") == {one.pk, two.pk}


def test_a_colleague_taps_that_the_practice_was_applied_and_takes_it_back(
    client: Client, teacher: User, colleague: User, head: User
) -> None:
    row = shared(teacher)
    with pytest.raises(Refused, match="нет в банке"):
        practice_apply(by=head, practice=row, staff=staff_of(head))
    confirmed(head, row)
    with pytest.raises(Refused, match="ваша практика"):
        practice_apply(by=teacher, practice=row, staff=staff_of(teacher))
    client.force_login(colleague)
    tap = reverse("teaching:practice_use", args=[row.pk])
    client.post(tap)
    assert client.get(reverse("teaching:practices")).context["page"].object_list[0].applied == 1
    page = client.get(reverse("teaching:practice", args=[row.pk]))
    assert page.context["applied"] and "Пак" in page.content.decode()
    client.post(tap)
    assert client.get(reverse("teaching:practices")).context["page"].object_list[0].applied == 0
    assert PracticeUse.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 program",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
        b"%PDF-1.4 cut off",
        b"PK\x03\x04 word/document.xml",
        b"%PDF-" + b"0" * (10 * 1024 * 1024) + b"%%EOF",
    ],
    ids=["empty", "program", "page", "drawing", "cut", "archive", "large"],
)
def test_only_whole_papers_and_pictures_are_taken_by_their_content(
    client: Client, teacher: User, content: bytes
) -> None:
    row = shared(teacher)
    client.force_login(teacher)
    file = SimpleUploadedFile("план.pdf", content, "application/pdf")
    sent: dict[str, Any] = {"title": "план", "file": file}
    assert client.post(reverse("teaching:practice_attach", args=[row.pk]), sent).status_code == 422
    assert not PracticeFile.objects.exists()
    sent = {"title": "Курс", "kind": "formal", "starts": "2026-10-05", "file": SimpleUploadedFile("x.pdf", content)}
    assert client.post(reverse("teaching:training_new"), sent).status_code == 422
    assert not Training.objects.exists()


def test_papers_are_attachments_under_random_names_for_whoever_sees_their_record(
    client: Client, teacher: User, colleague: User, head: User
) -> None:
    row, practice = trained(teacher, paper=PDF), shared(teacher)
    file = practice_file_add(by=teacher, practice=practice, title="../план", content=PDF)
    assert row.paper is not None and file.file is not None
    assert "план" not in file.file.path and file.file.path != row.paper.path
    addresses = [reverse("documents:file", args=[one.pk]) for one in (row.paper, file.file)]

    def codes(user: User) -> list[int]:
        client.force_login(user)
        return [client.get(address).status_code for address in addresses]

    assert codes(teacher) == codes(head) == [200, 200] and codes(colleague) == [404, 404]
    practice.refresh_from_db()
    confirmed(head, practice)
    assert codes(colleague) == [404, 200]
    assert client.get(addresses[1]).headers["Content-Disposition"].startswith("attachment")
    record_remove(by=teacher, row=file, why="лишний")
    assert codes(colleague) == [404, 404]


def test_the_visited_teacher_and_the_visitor_see_a_visit_and_other_colleagues_do_not(
    client: Client, teacher: User, colleague: User, head: User, deputy: User
) -> None:
    row = visited(head, teacher, Technology.LEVELS)
    for user, code in ((teacher, 200), (head, 200), (deputy, 200), (colleague, 404)):
        client.force_login(user)
        assert client.get(reverse("teaching:visit", args=[row.pk])).status_code == code
    assert "Прочитать запись о посещении урока" in titles(teacher)
    client.force_login(teacher)
    assert client.post(reverse("teaching:visit_edit", args=[row.pk]), {}).status_code == 403
    read = reverse("teaching:visit_read", args=[row.pk])
    assert client.post(read, {"reply": "спасибо", "version": row.version}).status_code == 302
    assert titles(teacher) == []
    row = visit_change(by=head, visit=row, seen=seen_again(row))
    assert row.read_at is None and row.reply == "спасибо"
    with pytest.raises(Refused, match="прочтите её ещё раз"):
        visit_read(by=teacher, visit=row, reply="да", version=row.version - 1)
    with pytest.raises(Refused, match="ваш урок"):
        visited(head, head)


def seen_again(row: LessonVisit) -> Any:
    return Seen(row.on, technologies=[Technology.GROUPS], weak=WeakWork.SEEN)


def test_a_gap_is_for_its_teacher_and_who_leads_the_work_closed_and_opened_again(
    client: Client, teacher: User, colleague: User, head: User
) -> None:
    told: dict[str, Any] = {"area": GapArea.DIGITAL, "text": "таблицы", "found": GapFound.SELF, "found_on": BEGAN}
    row = gap_keep(by=teacher, staff=staff_of(teacher), **told)
    for user, number in ((teacher, 1), (head, 1), (colleague, 0)):
        client.force_login(user)
        assert client.get(reverse("teaching:gaps")).context["page"].paginator.count == number
    with pytest.raises(Refused, match="День закрытия"):
        gap_close(by=teacher, gap=row, on=BEGAN.replace(day=4), how="")
    assert gap_close(by=teacher, gap=row, on=OVER, how="курсы").closed_how == "курсы"
    with pytest.raises(Refused, match="закрыт раньше"):
        gap_keep(by=teacher, staff=staff_of(teacher), gap=row, **(told | {"found_on": OVER.replace(day=24)}))
    assert gap_close(by=teacher, gap=row, on=None, how="курсы").closed_how == ""


def test_the_denominator_is_who_works_as_a_pedagogue_on_the_day(
    school: School, teacher: User, head: User, deputy: User
) -> None:
    gone = make_staff(school, "Ушла Анна", "teacher")
    gone.left_on = OVER
    gone.save()
    make_staff(school, "Бухгалтер Вера")
    make_class(make_school("S2"), "7А", teacher=make_staff(School.objects.get(code="S2"), "Чужая Инна", "teacher"))
    assert set(pedagogical_workers(school, TODAY)) == {staff_of(teacher), staff_of(head)}
    assert set(pedagogical_workers(school, OVER)) == {staff_of(teacher), staff_of(head), gone}


def test_each_number_has_its_names_and_its_facts_behind_it(
    client: Client, school: School, teacher: User, colleague: User, head: User
) -> None:
    course, other = trained(teacher), trained(colleague, "Про другое", topics=["digital"])
    team, idea = gathered(teacher, colleague), shared(teacher, coauthor=staff_of(colleague))
    confirmed(head, course, other, team)
    visited(head, teacher, Technology.EMD, Technology.RESH)
    year = school.years.get()

    def told() -> dict[str, tuple[int, int]]:
        shares = staff_shares(school, TODAY, year)
        return {code.value: (share.number, share.of) for code, share in shares.items()}

    assert told() == {
        "P01": (1, 3), "P02": (2, 3), "P04": (0, 3),
        "P05": (1, 3), "P06": (0, 3), "P07": (1, 3), "P08": (0, 3),
    }  # fmt: skip
    confirmed(head, idea)
    assert told()["P04"] == (2, 3)
    client.force_login(head)
    page = client.get(reverse("teaching:indicators"))
    for figure in [*page.context["counted"], *page.context["seen"]]:
        rows = client.get(figure.url).context["rows"]
        assert f"{len(rows)} из 3" == figure.of
        assert all(client.get(ground.url).status_code == 200 for one in rows for ground in one.grounds)
    not_counted = client.get(reverse("teaching:indicator", args=["P01"])).content.decode()
    assert "не считается: другая тема" in not_counted and "нет записи" in not_counted
    record_remove(by=teacher, row=course, why="ошибка")
    assert told()["P01"] == (0, 3)


def test_people_stand_by_name_whatever_they_have_done_and_no_list_offers_another_order(
    client: Client, school: School, teacher: User, colleague: User, head: User
) -> None:
    for number in range(3):
        confirmed(head, trained(colleague, f"Курс {number}"))
    rows = staff_shares(school, TODAY, school.years.get())[Code.P01].people
    assert [one.staff.last_name for one in rows] == ["Гречко", "Ильина", "Пак"]
    client.force_login(head)
    for page in ("trainings", "visits", "gaps", "indicators"):
        assert "sort=" not in client.get(reverse(f"teaching:{page}")).content.decode()


def test_a_person_sets_the_value_that_visits_are_evidence_of(
    client: Client, school: School, teacher: User, colleague: User, head: User
) -> None:
    visited(head, teacher, Technology.FEEDBACK)
    client.force_login(head)
    address = reverse("teaching:value_set", args=["P08"])
    assert client.post(address, {"number": "9", "text": "много"}).status_code == 422
    assert client.post(address, {"number": "2", "text": ""}).status_code == 422
    assert client.post(address, {"number": "2", "text": "посещение и материалы"}).status_code == 302
    row = SetValue.objects.get()
    assert (row.number, row.of, row.seen, row.by) == (2, 3, 1, head)
    share = staff_shares(school, TODAY, school.years.get())[Code.P08]
    assert share.number == 1 and share.value == row
    assert client.get(reverse("teaching:value_set", args=["P01"])).status_code == 404
    with pytest.raises(Refused, match="считает сама"):
        value_set(by=head, year=school.years.get(), code=Code.P01, number=1, of=3, seen=1, text="x")
    client.force_login(teacher)
    assert client.get(reverse("teaching:indicators")).status_code == 403


def test_pages_of_lists_take_few_queries_however_many_rows(
    client: Client, school: School, teacher: User, colleague: User, head: User
) -> None:
    def grow(number: int) -> None:
        for n in range(number):
            trained(teacher, f"Курс {n}")
            shared(teacher, f"Приём {n}")
            gathered(teacher, colleague, title=f"Команда {n}")
            visited(head, teacher, Technology.LEVELS)
            gap_keep(by=teacher, staff=staff_of(teacher), area=GapArea.DIGITAL, text="таблицы", found=GapFound.SELF,
                     found_on=BEGAN)  # fmt: skip

    client.force_login(head)
    pages = ("trainings", "communities", "practices", "visits", "gaps", "waiting")
    grow(1)
    few = {page: queries(client, reverse(f"teaching:{page}")) for page in pages}
    grow(12)
    assert {page: queries(client, reverse(f"teaching:{page}")) for page in pages} == few
    assert max(few.values()) <= MOST, few
    for page in ("indicators", "mine"):
        assert queries(client, reverse(f"teaching:{page}")) <= 14


def test_another_schools_record_is_not_there(client: Client, teacher: User, head: User) -> None:
    other = make_school("S2")
    stranger = make_staff(other, "Чужая Анна", "methodical_head", login="чужая").user
    row = trained(teacher)
    client.force_login(stranger)
    for name in ("training", "training_edit"):
        assert client.get(reverse(f"teaching:{name}", args=[row.pk])).status_code == 404
    assert client.get(reverse("teaching:person", args=[staff_of(teacher).pk])).status_code == 404
    assert client.post(reverse("teaching:confirm", args=["training", row.pk]), {"version": 1}).status_code == 404
    assert not [model for model in (Community, TeacherGap) if model.objects.visible_to(again(stranger)).exists()]


def test_visit_record_needs_no_words(teacher: User, head: User) -> None:
    row = visit_record(
        by=head, staff=staff_of(teacher), visitor=staff_of(head), seen=seen_again(visited(head, teacher))
    )
    assert (row.text, row.objectivity, row.topic) == ("", "", "")
