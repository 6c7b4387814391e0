"""Confidential notes: written, read on a click, corrected, opened with grounds."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from consultations.models import ConfidentialNote, NoteReading
from consultations.note_reading import NOTE, NOTE_OPENED
from consultations.rules.notes import OPEN_FOR, WhyRead
from consultations.selectors.note_words import note_words
from consultations.selectors.notes import opening_now, why_readable
from consultations.services.notes import (
    NoteDraft,
    note_correct,
    note_name_readers,
    note_open,
    note_rule_choose,
    note_write,
    opening_seen,
)
from consultations.talk_words import NoteRule
from documents.models import OutboxMail
from school.agendas import agenda_of
from school.models import HistoryEvent, RestrictedRead, User
from tests.consultations.making import Service, make_service
from tests.counting import queries

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
WORDS = "БУРЕВЕСТНИК боится отца"


@pytest.fixture
def service() -> Service:
    return make_service()


@pytest.fixture
def note(service: Service) -> ConfidentialNote:
    return written(service)


def written(service: Service, words: str = WORDS) -> ConfidentialNote:
    return note_write(by=service.user, school=service.school, draft=NoteDraft(DAY, words, service.pupil))


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def social(service: Service) -> User:
    return User.objects.get(staff=service.other)


def test_the_page_shows_the_words_only_after_a_click_that_is_logged(service: Service, note: ConfidentialNote) -> None:
    client = client_of(service.user)
    page = client.get(reverse("notes:note", args=[note.pk]))
    assert WORDS not in page.content.decode()
    assert not NoteReading.objects.exists()

    shown = client.post(reverse("notes:words", args=[note.pk]))

    assert WORDS in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert NoteReading.objects.get().by == service.user
    assert RestrictedRead.objects.get(what=NOTE).pupil == service.pupil


def test_the_service_sees_that_a_note_stands_and_nobody_else_does(service: Service, note: ConfidentialNote) -> None:
    for user, sees in (
        (service.head, True),
        (social(service), True),
        (service.deputy, False),
        (service.teacher, False),
    ):
        assert ConfidentialNote.objects.visible_to(user).exists() is sees
        assert note_words(user, note) is None


def test_a_correction_keeps_what_was_said_and_history_tells_no_words(service: Service, note: ConfidentialNote) -> None:
    note_correct(by=service.user, note=note, version=1, words="спокоен")
    with pytest.raises(Refused, match="в другом окне"):
        note_correct(by=service.user, note=note, version=1, words="иначе")

    told = note_words(service.user, note)

    assert told is not None
    assert (told.words, [words for _, words in told.before]) == ("спокоен", [WORDS])
    events = HistoryEvent.objects.filter(table__in=("consultations_notetext", "consultations_noterevision"))
    assert {event.table for event in events} == {"consultations_notetext", "consultations_noterevision"}
    assert not [event for event in events if "БУРЕВЕСТНИК" in f"{event.before}{event.after}"]
    assert list(events.filter(operation="U").values_list("concealed", flat=True)) == [["words"]]


def test_a_wider_rule_opens_new_notes_to_the_head_and_no_old_ones(service: Service, note: ConfidentialNote) -> None:
    note_rule_choose(by=service.head, school=service.school, rule=NoteRule.HEAD, why="решение службы от 16.11.2026")
    new = written(service)

    assert why_readable(service.head, note) is None
    assert why_readable(service.head, new) == WhyRead.HEAD
    page = client_of(social(service)).get(reverse("notes:rule")).content.decode()
    assert "решение службы от 16.11.2026" in page


def test_a_named_colleague_reads_a_case_until_the_author_takes_it_back(service: Service) -> None:
    note_rule_choose(by=service.head, school=service.school, rule=NoteRule.NAMED, why="решение службы")
    first, second = written(service), written(service)
    note_name_readers(by=service.user, note=first, colleagues=[service.other], case=True)
    assert why_readable(social(service), second) == WhyRead.NAMED

    note_name_readers(by=service.user, note=first, colleagues=[], case=True)

    assert why_readable(social(service), second) is None


def test_breaking_the_glass_needs_grounds_tells_the_author_and_ends_in_a_day(
    service: Service, note: ConfidentialNote
) -> None:
    User.objects.filter(pk=service.user.pk).update(email="psy@school.example")
    with pytest.raises(Refused, match="основание"):
        note_open(by=service.head, note=note, grounds=" ", case=False)

    opening = note_open(by=service.head, note=note, grounds="угроза жизни", case=True)

    told = note_words(service.head, note)
    assert told is not None
    assert told.words == WORDS
    assert RestrictedRead.objects.filter(what=NOTE_OPENED, user=service.head).exists()
    letter = OutboxMail.objects.get()
    assert letter.to == "psy@school.example"
    assert not [word for word in ("Ковтун", "угроза", "БУРЕВЕСТНИК") if word in letter.subject + letter.body]
    titles = [item.title for item in agenda_of(service.user, service.school.today())]
    assert titles == ["Вскрыты ваши заметки: 1\u00a0раз"]
    assert "угроза жизни" in client_of(service.user).get(reverse("notes:note", args=[note.pk])).content.decode()
    opening_seen(by=service.user, opening=opening)
    assert agenda_of(service.user, service.school.today()) == []
    assert opening_now(service.head, note, opening.at + OPEN_FOR - timedelta(seconds=1)) == opening
    assert opening_now(service.head, note, opening.at + OPEN_FOR) is None


def test_the_application_cannot_change_who_opened_and_read(
    service: Service, note: ConfidentialNote, owner_apart: None
) -> None:
    note_open(by=service.head, note=note, grounds="угроза", case=False)
    note_words(service.head, note)
    for table in ("noteopening", "notereading"):
        for deed in (f"UPDATE consultations_{table} SET at = now()", f"DELETE FROM consultations_{table}"):
            refused = pytest.raises(DatabaseError, match="permission denied")
            with refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(deed)


def test_a_note_that_was_refused_keeps_what_was_typed(service: Service) -> None:
    address = reverse("notes:new_pupil", args=[service.pupil.pk])
    answer = client_of(service.user).post(address, {"on": "2026-12-20", "words": WORDS})

    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert not ConfidentialNote.objects.exists()


def test_a_note_on_a_meeting_is_its_specialists_and_of_whom_they_say(service: Service) -> None:
    meeting = service.book()
    address = reverse("notes:new_meeting", args=[meeting.pk])
    assert client_of(social(service)).get(address).status_code == 404

    client_of(service.user).post(address, {"on": "2026-11-20", "words": WORDS})

    assert ConfidentialNote.objects.get().pupil == service.pupil


def test_fifty_notes_cost_no_more_queries_than_one(service: Service, note: ConfidentialNote, client: Client) -> None:
    client.force_login(service.head)
    address = f"{reverse('notes:list')}?pupil={service.pupil.pk}"
    few = queries(client, address)
    for _ in range(50):
        written(service)

    assert few == queries(client, address) <= 8
