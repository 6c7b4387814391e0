"""Booking: what the service refuses, what it says, what it leaves behind."""

from datetime import date, time, timedelta

import pytest

from common.errors import Refused
from consultations.models import Appointment, AppointmentPupil, UrgentGrounds
from consultations.services.allowing import ConsentsMissing, Urgent
from consultations.services.booking import (
    NeedsWord,
    TimeTaken,
    appointment_book,
    appointment_cancel,
    appointment_hold,
    appointment_miss,
    appointment_move,
    appointment_reopen,
)
from consultations.words import MeetingKind, MeetingState, UrgentGround, WhyCancelled
from iom.selectors.extra import group_page
from iom.services.extra import GroupDraft, extra_group_create
from school.models import Bell, BusRider, BusRun, Holiday, LessonSlot
from tests.consultations.making import TUESDAY, Service, make_consent, make_service
from tests.factories import make_pupil, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return make_service()


def test_it_books_within_hours_and_keeps_the_consent_and_a_step(service: Service) -> None:
    meeting = service.book(by=service.teacher)

    line = meeting.pupils.get()
    assert (line.pupil, line.present, line.on, line.state) == (service.pupil, True, TUESDAY, MeetingState.PLANNED)
    assert line.consent == service.pupil.consents.get()
    assert [(step.deed, step.by, step.version) for step in meeting.steps.all()] == [("book", service.teacher, 0)]
    assert not meeting.off_hours


def test_it_refuses_a_taken_time_and_names_the_nearest_free_ones(service: Service) -> None:
    make_consent(service.without)
    service.book()

    with pytest.raises(TimeTaken) as refused:
        service.book("14:20", "15:00", service.without, by=service.teacher)

    assert refused.value.message == "Вторник, 24\u00a0ноября, 14:20–15:00 — занято."
    assert refused.value.details[0] == "Пилипенко\u00a0А.\u00a0В.: другая встреча, 14:00–14:40."
    assert [piece.code for piece in refused.value.free] == [
        "2026-11-24 13:00 13:40",
        "2026-11-24 14:40 15:20",
        "2026-11-24 15:20 16:00",
    ]
    assert Appointment.objects.count() == 1


def test_it_names_the_pupils_other_meeting_and_the_taken_room(service: Service) -> None:
    make_consent(service.without)
    service.book(specialist=service.other, confirmed=True)

    with pytest.raises(TimeTaken) as pupil_taken:
        service.book(room="14", by=service.teacher)
    with pytest.raises(TimeTaken) as room_taken:
        service.book("14:00", "14:40", service.without, by=service.teacher)

    assert "Ковтун" in pupil_taken.value.details[0]
    assert room_taken.value.details[0].startswith("кабинет 12: встреча, которую проводит Соколова")


def test_others_book_within_hours_only_and_the_specialist_says_that_it_is_meant(service: Service) -> None:
    with pytest.raises(TimeTaken, match="не принимает"):
        service.book("17:00", "17:40", by=service.deputy)
    with pytest.raises(NeedsWord) as asked:
        service.book("17:00", "17:40")

    assert asked.value.details == ["Это время вне часов приёма."]
    assert service.book("17:00", "17:40", confirmed=True).off_hours


def test_nobody_receives_on_holidays_or_on_a_day_of_absence(service: Service) -> None:
    Holiday.objects.create(year=service.school.years.get(), name="Каникулы", starts=TUESDAY, ends=TUESDAY)
    service.close(TUESDAY + timedelta(days=2))

    for on in (TUESDAY, TUESDAY + timedelta(days=2)):
        with pytest.raises(TimeTaken) as refused:
            service.book(on=on, by=service.teacher)
        assert all(piece.on > TUESDAY + timedelta(days=2) for piece in refused.value.free)


def test_a_lesson_and_the_bus_are_named_and_wait_for_a_word(service: Service) -> None:
    Bell.objects.create(school=service.school, number=6, starts="13:30", ends="14:10")
    LessonSlot.objects.create(
        school=service.school,
        school_class=service.seventh,
        subject=make_subject(service.school, "Алгебра"),
        weekday=2,
        number=6,
    )
    run = BusRun.objects.create(school=service.school, title="Липовка", weekdays=[2], leaves="14:35", walk=10)
    BusRider.objects.create(run=run, pupil=service.pupil)

    with pytest.raises(NeedsWord) as asked:
        service.book(by=service.teacher)

    name = service.pupil.short_name
    assert asked.value.details == [
        f"{name}: 6-й урок, Алгебра, 13:30–14:10.",
        f"{name}: автобус «Липовка» уходит в 14:35.",
    ]
    assert service.book(by=service.teacher, confirmed=True).pk


def test_without_the_parents_consent_there_is_no_meeting_with_the_child(service: Service) -> None:
    third = make_pupil(service.seventh, "Белова Кира")

    with pytest.raises(ConsentsMissing) as refused:
        service.book("14:00", "14:40", service.pupil, service.without, third, kind=MeetingKind.GROUP)

    assert set(refused.value.pupils) == {service.without, third}
    assert "Рябов Денис" in refused.value.message and "Ковтун" not in refused.value.message
    assert not Appointment.objects.exists()


def test_a_consent_in_force_today_but_not_on_the_day_is_none(service: Service) -> None:
    make_consent(service.without, valid_until=TUESDAY - timedelta(days=1))

    with pytest.raises(ConsentsMissing):
        service.book("14:00", "14:40", service.without)


def test_meetings_of_grown_ups_need_no_consent_and_do_not_take_the_childs_time(service: Service) -> None:
    service.book(specialist=service.other, room="5", confirmed=True)
    about = service.book("14:00", "14:40", service.pupil, service.without, kind=MeetingKind.PARENTS)

    assert [line.present for line in about.pupils.all()] == [False, False]


def test_an_urgent_meeting_needs_words_and_is_kept_with_its_grounds(service: Service) -> None:
    with pytest.raises(Refused, match="опишите обстоятельства"):
        service.book("14:00", "14:40", service.without, urgent=Urgent(UrgentGround.THREAT, " "))

    meeting = service.book(
        "14:00", "14:40", service.without, urgent=Urgent(UrgentGround.THREAT, "сказал учителю"), by=service.teacher
    )

    kept = UrgentGrounds.objects.get(appointment=meeting)
    assert (kept.ground, kept.by, kept.seen_at) == (UrgentGround.THREAT, service.teacher, None)
    assert meeting.pupils.get().consent is None


def test_a_group_is_never_urgent(service: Service) -> None:
    with pytest.raises(Refused, match="индивидуальная"):
        service.book(
            "14:00",
            "14:40",
            service.pupil,
            service.without,
            kind=MeetingKind.GROUP,
            urgent=Urgent(UrgentGround.CHILD, "просят"),
        )


def test_a_move_tells_from_where_and_the_pupil_goes_along(service: Service) -> None:
    meeting = service.book()

    appointment_move(
        by=service.teacher,
        appointment=meeting,
        version=0,
        on=TUESDAY + timedelta(days=2),
        time_from=time(13),
        time_to=time(13, 40),
    )

    assert meeting.steps.last().comment == "с 24.11.2026 14:00–14:40, каб. 12"  # type: ignore[union-attr]
    assert AppointmentPupil.objects.get().on == TUESDAY + timedelta(days=2)
    assert service.book().pk, "the time is free again"


def test_of_two_who_change_a_meeting_the_second_is_told(service: Service) -> None:
    meeting = service.book()
    appointment_cancel(by=service.user, appointment=meeting, version=0, why=WhyCancelled.STAFF)

    with pytest.raises(Refused, match="изменилась"):
        appointment_cancel(by=service.teacher, appointment=meeting, version=0, why=WhyCancelled.PUPIL)


def test_a_cancelled_time_is_free_and_is_not_taken_back_when_given_to_others(service: Service) -> None:
    make_consent(service.without)
    meeting = service.book()
    appointment_cancel(by=service.user, appointment=meeting, version=0, why=WhyCancelled.PUPIL)
    service.book("14:00", "14:40", service.without)

    with pytest.raises(TimeTaken):
        appointment_reopen(by=service.user, appointment=meeting, version=1)


def test_who_came_is_kept_for_each_and_a_record_can_be_taken_back(service: Service) -> None:
    make_consent(service.without)
    monday = date(2026, 11, 16)
    meeting = service.book(
        "14:00", "14:40", service.pupil, service.without, kind=MeetingKind.GROUP, on=monday, confirmed=True
    )

    appointment_hold(by=service.user, appointment=meeting, version=0, came=[service.pupil.pk])
    held = {line.pupil: (line.came, line.state) for line in meeting.pupils.all()}
    appointment_reopen(by=service.user, appointment=meeting, version=1)
    appointment_miss(by=service.user, appointment=meeting, version=2)

    assert held == {service.pupil: (True, "held"), service.without: (False, "held")}
    assert [line.came for line in meeting.pupils.all()] == [False, False]
    assert [step.deed for step in meeting.steps.all()] == ["book", "hold", "reopen", "miss"]


def test_what_has_not_been_yet_is_not_recorded(service: Service) -> None:
    meeting = service.book()

    with pytest.raises(Refused, match="ещё не наступил"):
        appointment_hold(by=service.user, appointment=meeting, version=0, came=[service.pupil.pk])
    with pytest.raises(Refused, match="ещё не наступил"):
        appointment_miss(by=service.user, appointment=meeting, version=0)


def test_a_colleagues_meeting_needs_the_colleague(service: Service) -> None:
    draft = service.draft(kind=MeetingKind.STAFF)
    with pytest.raises(Refused, match="Выберите педагога"):
        appointment_book(by=service.user, draft=draft)

    with_teacher = service.draft(kind=MeetingKind.STAFF, colleague=service.teacher.staff)
    assert appointment_book(by=service.user, draft=with_teacher).colleague == service.teacher.staff


def test_an_extra_lesson_is_named_and_the_groups_page_names_the_meeting(service: Service) -> None:
    year = service.school.years.get()
    teacher = service.teacher.staff
    assert teacher is not None
    begins = date(2026, 11, 3)
    draft = GroupDraft("Дроби", None, teacher, "21", 2, time(14), time(14, 40), begins, date(2026, 12, 29))
    group = extra_group_create(by=service.deputy, year=year, draft=draft, pupils=[service.pupil])

    with pytest.raises(NeedsWord) as asked:
        service.book(by=service.teacher)
    service.book(confirmed=True)
    page = group_page(service.teacher, group, service.school.today())

    name = service.pupil.short_name
    assert asked.value.details == [f"{name}: дополнительное занятие «Дроби», 14:00–14:40."]
    who = service.psychologist.short_name
    assert page.meetings == (f"24\u00a0ноября, 14:00–14:40. {name}: встреча, которую проводит {who}",)
