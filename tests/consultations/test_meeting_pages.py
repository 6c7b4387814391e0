"""Pages of hours and meetings: what each person is told and offered, and in how many queries."""

from datetime import date, time, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Appointment, HoursException, ServiceHours, UrgentGrounds
from consultations.selectors.meetings import LACKING, OUTSIDE, MeetingQuery, meetings
from consultations.services.allowing import Urgent
from consultations.words import MeetingKind, UrgentGround
from risk_registry.categories import SignalRule, SignalState
from risk_registry.models import Signal
from school.agendas import agenda_of
from school.models import RestrictedRead, User
from school.selectors import current_year
from school.services.consents import consent_withdraw
from tests.consultations.making import TUESDAY, Service, make_consent, make_hours, make_service
from tests.factories import make_pupil

pytestmark = pytest.mark.django_db
LIST = "/service/meetings/"


@pytest.fixture
def service() -> Service:
    return make_service()


def open_as(user: User, url: str, **sent: Any) -> Any:
    """The page that a person is shown; what is `sent` is posted."""
    client = Client()
    client.force_login(user)
    return client.post(url, sent) if sent else client.get(url)


def book_url(service: Service, **query: object) -> str:
    told = "&".join(f"{name}={quote(str(value))}" for name, value in query.items())
    return f"{reverse('service:book', args=[service.psychologist.pk])}?{told}"


def typed(service: Service, pupil: Any, **told: str) -> dict[str, Any]:
    known = {"kind": "single", "on": "2026-11-24", "time_from": "14:00", "time_to": "14:40", "room": "12"}
    return {**known, "pupils": [pupil.pk], "occasion": "по направлению учителя", **told}


def test_from_the_pupils_page_a_meeting_is_booked_in_three_clicks(service: Service) -> None:
    page = open_as(service.teacher, reverse("desk:pupil", args=[service.pupil.pk])).content.decode()
    found = open_as(service.teacher, f"/service/?pupil={service.pupil.pk}").content.decode()
    at = quote("2026-11-24 13:00 13:40")

    assert f"/service/?pupil={service.pupil.pk}" in page
    assert f"/service/specialist/{service.psychologist.pk}/book/?pupil={service.pupil.pk}&amp;at={at}" in found
    form = open_as(service.teacher, book_url(service, pupil=service.pupil.pk, at="2026-11-24 13:00 13:40"))
    assert 'value="13:00"' in form.content.decode()
    answer = open_as(service.teacher, book_url(service, pupil=service.pupil.pk), **typed(service, service.pupil))
    assert answer["Location"] == reverse("service:meeting", args=[Appointment.objects.get().pk])


def test_a_refused_booking_keeps_what_was_typed_and_offers_free_times_as_buttons(service: Service) -> None:
    make_consent(service.without)
    service.book()
    url = book_url(service, pupil=service.without.pk)

    refused = open_as(service.teacher, url, **typed(service, service.without))
    text = refused.content.decode()
    taken = open_as(service.teacher, url, **typed(service, service.without, piece="2026-11-24 14:40 15:20"))

    assert refused.status_code == 422
    assert "по направлению учителя" in text and 'name="piece" value="2026-11-24 14:40 15:20"' in text
    assert text.index('tabindex="-1"') < text.index('name="piece"'), "Enter does not take the first offer"
    assert taken.status_code == 302
    assert Appointment.objects.filter(time_from=time(14, 40)).exists()


def test_without_a_consent_the_page_names_it_links_its_form_and_keeps_what_was_typed(service: Service) -> None:
    url = book_url(service, pupil=service.without.pk)

    refused = open_as(service.teacher, url, **typed(service, service.without))
    text = refused.content.decode()

    assert refused.status_code == 422 and not Appointment.objects.exists()
    assert "Рябов Денис" in text and "по направлению учителя" in text
    assert reverse("desk:consent_form", args=[service.without.pk, "psychological_help"]) in text
    assert "Если согласия нет, а ждать нельзя" in text


def test_an_urgent_meeting_is_booked_listed_read_past_the_log_and_taken_note_of(service: Service) -> None:
    url = book_url(service, pupil=service.without.pk)
    secret = "сказал что боится идти домой"
    sent = typed(service, service.without, ground="threat", words=secret)
    assert open_as(service.teacher, url, **sent).status_code == 302
    urgent = UrgentGrounds.objects.get()
    listed = reverse("service:urgent")
    words = reverse("service:urgent_words", args=[urgent.pk])

    for user, code in ((service.head, 200), (service.deputy, 403), (service.teacher, 200), (service.user, 200)):
        answer = open_as(user, words, read="1")
        assert answer.status_code == code
        assert (secret in answer.content.decode()) is (code == 200)
    assert RestrictedRead.objects.filter(what="urgent_words", pupil=service.without).count() == 3
    for user in (service.head, service.deputy):
        shown = open_as(user, listed).content.decode()
        assert "угроза жизни" in shown and secret not in shown
    assert [item.title for item in agenda_of(service.head, service.school.today())] == [
        "Принять к сведению: 1\u00a0срочная встреча"
    ]
    open_as(service.head, reverse("service:urgent_seen", args=[urgent.pk]), seen="1")
    assert UrgentGrounds.objects.get().seen_by == service.head
    assert agenda_of(User.objects.get(pk=service.head.pk), service.school.today()) == []


def test_only_the_service_and_who_booked_it_learn_the_kind(service: Service) -> None:
    meeting = service.book(kind=MeetingKind.DIAGNOSTICS)
    page = reverse("service:meeting", args=[meeting.pk])

    for user, told in ((service.head, True), (service.teacher, False), (service.deputy, False)):
        assert ("Диагностика" in open_as(user, page).content.decode()) is told
        assert ("Диагностика" in open_as(user, LIST).content.decode()) is told
    assert "Диагностика" not in open_as(service.deputy, reverse("desk:pupil", args=[service.pupil.pk])).content.decode()


def test_meetings_that_hours_no_longer_hold_and_that_lack_a_consent_are_on_the_specialists_agenda(
    service: Service,
) -> None:
    today = service.school.today()
    service.book()
    moved = service.book(on=TUESDAY + timedelta(days=7))
    service.book("17:00", "17:40", confirmed=True)
    service.close(moved.on)
    consent_withdraw(by=service.deputy, consent=service.pupil.consents.get(), withdrawn_on=today, why="заявление")

    items = agenda_of(service.user, today)
    found = {item.title: item.url for item in items if item.title.startswith("Встречи")}

    assert list(found) == ["Встречи вне часов приёма, перенести: 1", "Встречи впереди без согласия: 3"]
    for url, number in zip(found.values(), (1, 3), strict=True):
        assert open_as(service.user, url).content.decode().count('class="o-num" href="/service/meetings/') == number
    assert list(meetings(service.user, MeetingQuery(today, OUTSIDE))) == [moved]
    assert meetings(service.user, MeetingQuery(today, LACKING)).count() == 3


def test_past_meetings_without_a_record_wait_and_are_recorded_on_their_page(service: Service) -> None:
    meeting = service.book(on=date(2026, 11, 17))
    today = service.school.today()
    assert [item.title for item in agenda_of(service.user, today)] == ["Встречи без записи: 1"]

    hold = reverse("service:hold", args=[meeting.pk])
    open_as(service.user, hold, version="0", came=[service.pupil.pk])

    assert agenda_of(User.objects.get(pk=service.user.pk), today) == []
    page = open_as(service.teacher, reverse("desk:pupil", args=[service.pupil.pk])).content.decode()
    assert "Встреча со специалистом:" in page and "состоялась" in page


def test_an_old_page_changes_nothing(service: Service) -> None:
    meeting = service.book()
    cancel = reverse("service:cancel", args=[meeting.pk])
    open_as(service.user, reverse("service:move", args=[meeting.pk]), **_moved(), version="0")

    answer = open_as(service.teacher, cancel, why="pupil", version="0")

    assert answer.status_code == 403, "the teacher has not booked it"
    again = open_as(service.deputy, cancel, why="pupil", version="0")
    assert again.status_code == 422 and "изменилась" in again.content.decode()


def _moved() -> dict[str, str]:
    return {"on": "2026-11-26", "time_from": "13:00", "time_to": "13:40", "room": "12"}


def test_a_signal_is_answered_by_a_booking_and_opens_again_when_it_is_cancelled(service: Service) -> None:
    signal = make_signal(service)
    url = book_url(service, pupil=service.pupil.pk, signal=signal.pk)
    open_as(service.teacher, url, **typed(service, service.pupil))
    meeting = Appointment.objects.get()
    signal.refresh_from_db()
    assert signal.state == SignalState.ACTED
    assert signal.responses.get().reference == f"meeting:{meeting.pk}"

    open_as(service.teacher, reverse("service:cancel", args=[meeting.pk]), why="needless", version="0")

    signal.refresh_from_db()
    assert signal.state == SignalState.OPEN


def make_signal(service: Service) -> Signal:
    """Three twos of the pupil, open."""
    year = current_year(service.school)
    assert year is not None
    period = year.periods.get(number=2, system=year.main_system)
    return Signal.objects.create(
        school=service.school,
        period=period,
        pupil=service.pupil,
        school_class=service.seventh,
        rule=SignalRule.THREE_UNSATISFACTORY,
        since=date(2026, 11, 10),
        opened_at=service.school.now(),
    )


def test_hours_are_kept_on_their_page(service: Service) -> None:
    new = reverse("service:hours_new", args=[service.psychologist.pk])
    told = {"weekday": "5", "time_from": "09:00", "time_to": "10:00", "minutes": "30", "room": "каб. 12", "kind": ""}
    days = {"begins": "2026-11-23", "ends": "2027-05-28"}

    assert open_as(service.user, new, **told, **days).status_code == 302
    made = ServiceHours.objects.get(weekday=5)
    assert made.room == "12"
    clash = open_as(service.user, new, **{**told, "time_from": "09:30", "time_to": "10:30"}, **days)
    assert clash.status_code == 422 and "уже есть часы" in clash.content.decode()
    open_as(service.user, reverse("service:hours_close", args=[made.pk]), last="2026-12-25")
    made.refresh_from_db()
    assert made.ends == date(2026, 12, 25)
    off = {"kind": "off", "begins": "2026-12-01", "ends": "2026-12-01", "why": "санаторий"}
    open_as(service.user, reverse("service:exception_new", args=[service.psychologist.pk]), **off)
    assert "санаторий" in open_as(service.user, reverse("service:hours")).content.decode()
    assert "санаторий" not in open_as(service.teacher, reverse("service:receiving")).content.decode()
    open_as(service.user, reverse("service:exception_remove", args=[HoursException.objects.get().pk]), ok="1")
    assert not HoursException.objects.exists()


@pytest.mark.parametrize("name", ["service:meetings", "service:receiving", "service:urgent"])
def test_lists_take_the_same_few_queries_whatever_they_hold(
    service: Service, name: str, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(service.head)

    def measured() -> int:
        with django_assert_max_num_queries(8) as seen:
            assert client.get(reverse(name)).status_code == 200
        return len(seen)

    service.book("13:00", "13:40", service.without, urgent=Urgent(UrgentGround.CHILD, "просил"))
    measured()
    one = measured()
    pupils = [make_pupil(service.seventh, f"Белов{number} Кирилл") for number in range(40)]
    for number, pupil in enumerate(pupils):
        on = TUESDAY + timedelta(days=1 + number // 4)
        at = 9 * 60 + number % 4 * 60
        starts, ends = f"{at // 60:02d}:00", f"{at // 60:02d}:40"
        service.book(starts, ends, pupil, on=on, confirmed=True, urgent=Urgent(UrgentGround.CHILD, "просил"))
    for weekday in (1, 3, 5):
        make_hours(service.other, weekday)

    assert measured() == one
