"""A specialist's week: where meetings and free times stand, moving a meeting, the calendar file."""

from datetime import date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from consultations.models import Appointment
from consultations.rules.free_times import Day, Piece, Span, Stretch, pieces
from consultations.rules.week import Column, Item, lines
from consultations.words import MeetingKind
from desk.feed import calendar_of
from tests.consultations.making import TUESDAY, Service, make_consent, make_hours, make_service
from tests.counting import queries
from tests.factories import make_pupil

DAY = Day(TUESDAY, (Stretch(Span(13 * 60, 16 * 60), 40, "12"),))


@pytest.fixture
def service(db: None) -> Service:
    return make_service()


def item(starts: int, ends: int) -> Item:
    return Item(1, TUESDAY, Span(starts, ends), "Ковтун М. А.", "Индивидуальная", "Запланирована")


def column(*items: Item, free: tuple[Piece, ...] = (), outside: bool = True) -> Column:
    return Column(DAY, items, free, bookable_from=0, outside=outside)


def test_a_meeting_stands_in_the_line_in_which_it_begins_and_lasts_through_the_next() -> None:
    grid = {line.label: line.cells[0] for line in lines([column(item(14 * 60 + 10, 15 * 60))])}

    assert [label for label, cell in grid.items() if cell.items] == ["14:00"]
    assert [label for label, cell in grid.items() if cell.goes_on] == ["14:30"]
    assert [label for label, cell in grid.items() if cell.open] == [
        "13:00",
        "13:30",
        "14:00",
        "14:30",
        "15:00",
        "15:30",
    ]
    assert (min(grid), max(grid)) == ("08:00", "16:30")


def test_short_meetings_have_finer_lines_and_an_early_one_makes_the_grid_longer() -> None:
    grid = lines([column(item(6 * 60 + 50, 7 * 60 + 5))])

    assert grid[0].label == "06:40" and grid[1].label == "07:00"


def test_outside_of_hours_only_the_own_week_offers_to_book() -> None:
    free = tuple(pieces(DAY))
    own, foreign = (lines([column(free=free, outside=outside)]) for outside in (True, False))

    assert own[0].cells[0].bookable and not foreign[0].cells[0].bookable
    offered = [cell.at for line in foreign for cell in line.cells if cell.free]
    assert offered == ["13:00", "13:40", "14:20", "15:00"], "a dropped meeting begins with the free time of the cell"


def move(client: Client, meeting: Appointment, to: str, **more: str) -> tuple[int, str]:
    told = {"meeting": meeting.pk, "version": meeting.version, "to": to, **more}
    answer = client.post(f"{reverse('week:move')}?staff={meeting.specialist_id}&on={meeting.on}", told)
    return answer.status_code, answer.content.decode()


def test_a_moved_meeting_keeps_its_length_and_a_refused_one_offers_free_times(client: Client, service: Service) -> None:
    meeting = service.book("14:00", "14:30")
    other = make_pupil(service.seventh, "Белов Илья Ильич")
    make_consent(other)
    service.book("13:00", "13:40", other)
    client.force_login(service.user)

    status, page = move(client, meeting, "2026-11-24 13:10")
    assert status == 422 and "занято" in page and "Белов" in page
    offered = page.split('class="o-weekoffers"')[1].split("Оставить")[0]
    assert offered.count('name="to"') == 3
    to = offered.split('name="to" value="')[1].split('"')[0]
    assert move(client, meeting, to)[0] == 302

    meeting.refresh_from_db()
    assert (
        f"{meeting.on} {meeting.time_from:%H:%M}" == to
        and meeting.time_to.minute == (meeting.time_from.minute + 30) % 60
    )


def test_a_time_outside_of_hours_is_meant_or_left(client: Client, service: Service) -> None:
    meeting = service.book()
    client.force_login(service.user)

    status, page = move(client, meeting, "2026-11-24 17:00")
    assert status == 422 and "Всё равно перенести" in page
    assert move(client, meeting, "2026-11-24 17:00", confirmed="yes")[0] == 302
    assert Appointment.objects.get().time_from == time(17)


def test_a_meeting_that_another_person_changed_stays_where_they_put_it(client: Client, service: Service) -> None:
    meeting = service.book()
    client.force_login(service.user)
    assert move(client, meeting, "2026-11-24 15:00")[0] == 302

    status, page = move(client, meeting, "2026-11-24 13:00")

    assert status == 422 and "изменилась" in page
    assert Appointment.objects.get().time_from == time(15)


def test_a_phone_shows_the_asked_day_and_holidays_and_days_off_say_why(client: Client, service: Service) -> None:
    service.book()
    off = service.close(date(2026, 11, 26))
    off.why = "курсы"
    off.save()
    client.force_login(service.head)
    query = f"?staff={service.psychologist.pk}&on=2026-11-24"

    page = client.get(reverse("week:page") + query).content.decode()
    alone = client.get(reverse("week:page") + query + "&view=day").content.decode()

    assert "курсы" in page and "Ковтун" in page
    assert page.count("columnheader") == 6 and alone.count("columnheader") == 1


def test_the_calendar_file_tells_when_and_where_and_nobodys_name(client: Client, service: Service) -> None:
    meeting = service.book()
    client.force_login(service.user)

    week = client.get(reverse("week:ics") + "?on=2026-11-24")
    one = client.get(reverse("week:meeting_ics", args=[meeting.pk]))

    events = [event for answer in (week, one) for event in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert [str(event["summary"]) for event in events] == ["Индивидуальная встреча"] * 2
    assert {f"{event.decoded('dtstart'):%H:%M %Z}" for event in events} == {"11:00 UTC"}
    assert {str(event["location"]) for event in events} == {"кабинет 12"}
    assert all("Ковтун" not in answer.content.decode() for answer in (week, one))
    client.force_login(service.teacher)
    assert client.get(reverse("week:meeting_ics", args=[meeting.pk])).status_code == 403


def test_the_personal_feed_holds_the_own_meetings_without_names(service: Service) -> None:
    meeting = service.book()
    service.book("14:00", "14:40", specialist=service.other, kind=MeetingKind.PARENTS, room="8", confirmed=True)

    feed = calendar_of(service.user, service.school.today(), "https://opora.school")

    timed = [
        event for event in Calendar.from_ical(feed).walk("VEVENT") if isinstance(event.decoded("dtstart"), datetime)
    ]
    assert [str(event["url"]) for event in timed] == [f"https://opora.school/service/meetings/{meeting.pk}/"]
    assert "Ковтун" not in feed.decode()


def test_a_full_week_takes_as_many_queries_as_an_empty_one(client: Client, service: Service) -> None:
    client.force_login(service.user)
    address = f"{reverse('week:page')}?on={TUESDAY}"
    service.book("13:00", "13:20")
    few = queries(client, address)
    for weekday in (1, 3, 5):
        make_hours(service.psychologist, weekday)
    for at, to in (("13:20", "13:40"), ("13:40", "14:00"), ("14:00", "14:20")):
        pupil = make_pupil(service.seventh, f"Белов{at[:2]}{at[3:]} Илья")
        make_consent(pupil)
        service.book(at, to, pupil)

    assert queries(client, address) == few <= 20
