"""The journals behind their pages: what an entry does to gaps and signals, what an edit leaves, what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from common.errors import Refused
from iom.models import Gap, JournalEdit, PupilTalk, WorkEntry, WorkEntryPupil
from iom.services.talks import Talk, talk_edit, talk_record, talk_settle, talk_withdraw
from iom.services.work import Work, WorkedWith, work_edit, work_record, work_withdraw
from iom.words import GapState
from risk_registry.categories import SignalState
from risk_registry.models import Signal
from risk_registry.services.judging import period_judge
from school.models import Pupil, School, SchoolClass, User
from tests.factories import make_pupil, make_subject
from tests.iom.making import active_route, teach
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db
FIRST = date(2026, 9, 7)


def today(school: School) -> date:
    return school.today()


def written(by: User, pupil: Pupil, **more: object) -> WorkEntry:
    work = Work(pupil.school.today(), topic="Дроби", subject=make_subject(pupil.school, "Алгебра"))
    return work_record(by=by, school=pupil.school, work=work, pupils=[WorkedWith(pupil, **more)])  # type: ignore[arg-type]


def test_an_entry_answers_open_signals_of_its_subject_alone(deputy: User, pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=FIRST)
    give_marks(pupil, "Физика", 2, 2, 2, on=FIRST)
    period_judge(period=period_of(pupil.school))
    entry = written(deputy, pupil)

    states = {one.subject.name: one.state for one in Signal.objects.select_related("subject") if one.subject}
    assert states == {"Алгебра": SignalState.ACTED, "Физика": SignalState.OPEN}

    work_withdraw(by=deputy, entry=entry, why="не тот ученик")
    assert set(Signal.objects.values_list("state", flat=True)) == {SignalState.OPEN}


def test_a_repeat_control_closes_the_gap_and_a_withdrawn_entry_opens_it(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    active_route(deputy, pupil, "Алгебра")
    gap = Gap.objects.select_related("route", "part").get()

    entry = written(deputy, pupil, gap=gap, mark="4")
    gap.refresh_from_db()
    assert gap.state == GapState.CLOSED
    assert gap.closed_by is not None and gap.closed_by.result == Decimal(4)

    work_withdraw(by=deputy, entry=entry, why="ошибка")
    gap.refresh_from_db()
    assert gap.state == GapState.OPEN
    with pytest.raises(Refused, match="число"):
        written(deputy, pupil, gap=gap, mark="зачёт")
    assert WorkEntry.objects.count() == 1


def test_an_edit_of_the_same_day_is_silent_and_a_later_one_tells_what_was(deputy: User, pupil: Pupil) -> None:
    entry = written(deputy, pupil)
    work = Work(entry.on, topic="Степени", subject=entry.subject)
    row = work_edit(by=deputy, entry=entry, version=1, work=work, pupils=[WorkedWith(pupil)])
    assert row.edited_at is None and not JournalEdit.objects.exists()

    WorkEntry.objects.update(at=pupil.school.now() - timedelta(days=2))
    work = Work(entry.on, topic="Одночлены", subject=entry.subject)
    row = work_edit(by=deputy, entry=row, version=2, work=work, pupils=[WorkedWith(pupil, outcome="done")])
    told = {edit.field: (edit.was, edit.now, edit.pupil) for edit in JournalEdit.objects.select_related("pupil")}
    assert row.edited_at is not None
    assert told == {"Тема": ("Степени", "Одночлены", None), "Результат": ("", "Справился", pupil)}


def test_only_the_author_edits_and_a_second_person_is_told(deputy: User, leader: User, pupil: Pupil) -> None:
    entry = written(deputy, pupil)
    work = Work(entry.on, topic="Степени")
    with pytest.raises(Refused, match="тот, кто её сделал"):
        work_edit(by=leader, entry=entry, version=1, work=work, pupils=[WorkedWith(pupil)])
    work_edit(by=deputy, entry=entry, version=1, work=work, pupils=[WorkedWith(pupil)])
    with pytest.raises(Refused, match="изменили"):
        work_edit(by=deputy, entry=entry, version=1, work=work, pupils=[WorkedWith(pupil)])


def test_an_entry_asks_for_pupils_and_one_word_and_nothing_else(deputy: User, pupil: Pupil) -> None:
    school = pupil.school
    content = Work(today(school), content="разобрали ошибки")
    assert work_record(by=deputy, school=school, work=content, pupils=[WorkedWith(pupil)]).minutes is None
    for work, pupils in (
        (content, []),
        (Work(today(school), topic=" "), [WorkedWith(pupil)]),
        (Work(today(school) + timedelta(days=1), topic="Дроби"), [WorkedWith(pupil)]),
    ):
        with pytest.raises(Refused):
            work_record(by=deputy, school=school, work=work, pupils=pupils)


def test_others_of_a_group_stay_hidden_from_who_may_not_see_them(
    deputy: User, leader: User, pupil: Pupil, school: School
) -> None:
    from_another = make_pupil(_eighth(school), "Рябов Денис Олегович", external_id="8")
    work = Work(today(school), topic="Дроби")
    work_record(by=deputy, school=school, work=work, pupils=[WorkedWith(pupil), WorkedWith(from_another)])

    assert WorkEntry.objects.visible_to(leader).count() == 1
    assert [row.pupil for row in WorkEntryPupil.objects.visible_to(leader)] == [pupil]


def test_a_talk_keeps_what_was_agreed_and_what_became_of_it(deputy: User, pupil: Pupil) -> None:
    on = today(pupil.school)
    told = Talk(on, "двойки по алгебре", ["CT01"], "приходит по четвергам", on + timedelta(days=7))
    talk = talk_settle(by=deputy, talk=talk_record(by=deputy, pupil=pupil, talk=told), version=1, kept="kept")
    assert (talk.kept, talk.kept_on) == ("kept", on)

    PupilTalk.objects.update(at=pupil.school.now() - timedelta(days=2))
    talk = talk_edit(by=deputy, talk=talk, version=2, told=Talk(on, "пропуски", ["CT01"]))
    assert talk.due is None and {one.field for one in talk.edits.all()} == {"Повод", "Договорились", "Срок"}
    assert talk_withdraw(by=deputy, talk=talk, why="не тот ученик").withdrawn_at is not None


def test_a_talk_refuses_restricted_causes_and_deadlines_of_nothing(deputy: User, pupil: Pupil) -> None:
    on = today(pupil.school)
    for told in (
        Talk(on, "двойки", ["SOC01"]),
        Talk(on, "двойки", due=on),
        Talk(on, "двойки", agreed="приходит", due=on - timedelta(days=1)),
        Talk(on, " "),
    ):
        with pytest.raises(Refused):
            talk_record(by=deputy, pupil=pupil, talk=told)


def _eighth(school: School) -> SchoolClass:
    return SchoolClass.objects.create(school=school, year=school.years.get(), grade=8, letter="А")
