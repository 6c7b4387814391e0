"""Reasons of absence in the database and on pages: what they change, what they leave, who sees them."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from common.errors import Refused
from gradebook.grounds import GroundKind
from gradebook.models import Absence, AbsenceGround, AbsenceReason
from gradebook.selectors_grounds import current_period, waiting_list
from gradebook.services.grounds import GroundDraft, ground_add, ground_correct, ground_withdraw
from gradebook.services.hand import absence_set_reason
from risk_registry.categories import SignalRule, SignalState
from risk_registry.models import Signal
from risk_registry.services.judging import period_judge
from school.models import HistoryEvent, Pupil, RestrictedRead, School, SchoolClass, TeachingAssignment, User
from school.services.settings import thresholds_set
from tests.documents.test_attachments import WHOLE_JPEG, WHOLE_PDF
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import period_of

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 9)


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: Path) -> None:
    """Files of a test are its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def leader(school: School) -> User:
    staff = make_staff(school, "Соколова Инна Андреевна", "teacher", login="leader")
    return User.objects.get(staff=staff)


@pytest.fixture
def seventh(school: School, leader: User) -> SchoolClass:
    return make_class(school, "7А", teacher=leader.staff)


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="1")


def miss(pupil: Pupil, *days: date, subject: str = "Алгебра", raw: str = "Н") -> list[Absence]:
    made = make_subject(pupil.school, subject)
    year = pupil.school.years.get()
    return [
        Absence.objects.create(
            school=pupil.school,
            year=year,
            pupil=pupil,
            subject=made,
            date=day,
            reason=AbsenceReason.UNEXCUSED,
            raw=raw,
        )
        for day in days
    ]


def week(count: int = 5) -> list[date]:
    return [MONDAY + timedelta(days=number) for number in range(count)]


def draft(kind: GroundKind, first: date = MONDAY, last: date | None = None, **more: Any) -> GroundDraft:
    return GroundDraft(kind, first, last or first, **{"on_paper": True, **more})


def counted(pupil: Pupil) -> list[str]:
    return list(Absence.objects.filter(pupil=pupil).counted().order_by("date").values_list("counted", flat=True))


def test_a_certificate_excuses_its_days_and_leaves_what_the_file_said(pupil: Pupil, leader: User) -> None:
    miss(pupil, *week())
    ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.CERTIFICATE, MONDAY, MONDAY + timedelta(days=3)))
    assert counted(pupil) == ["illness"] * 4 + ["unexcused"]
    assert set(Absence.objects.values_list("reason", "raw")) == {("unexcused", "Н")}


def test_of_a_weeks_note_three_days_are_excused_and_the_rest_waits(pupil: Pupil, leader: User) -> None:
    miss(pupil, *week())
    ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.NOTE, MONDAY, MONDAY + timedelta(days=4)))
    assert counted(pupil) == ["illness"] * 3 + ["unexcused"] * 2
    period = current_period(leader)
    assert period is not None
    (row,) = waiting_list(leader, period)
    assert (row.first, row.last, row.lessons) == (week()[3], week()[4], 2)
    assert "справка" in row.why


def test_another_number_of_days_in_the_settings_counts_at_once(pupil: Pupil, leader: User, school: School) -> None:
    miss(pupil, *week())
    ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.NOTE, MONDAY, MONDAY + timedelta(days=4)))
    school.settings.note_days = 5
    thresholds_set(by=leader, settings=school.settings)
    assert counted(pupil) == ["illness"] * 5


def test_a_promised_paper_excuses_nothing_until_it_is_there(pupil: Pupil, leader: User) -> None:
    miss(pupil, MONDAY)
    promised = ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.CERTIFICATE, on_paper=False))
    assert counted(pupil) == ["unexcused"]
    ground_correct(by=leader, ground=promised, draft=draft(GroundKind.CERTIFICATE, on_paper=False, scan=WHOLE_PDF))
    assert counted(pupil) == ["illness"]


def test_found_out_truancy_no_longer_waits_and_stays_unexcused(pupil: Pupil, leader: User) -> None:
    miss(pupil, MONDAY)
    period = current_period(leader)
    assert period is not None
    assert len(waiting_list(leader, period)) == 1
    ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.TRUANCY))
    assert counted(pupil) == ["unexcused"]
    assert waiting_list(leader, period) == []


def test_a_persons_word_about_one_lesson_is_stronger_than_a_ground(pupil: Pupil, leader: User) -> None:
    (absence,) = miss(pupil, MONDAY)
    ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.CERTIFICATE))
    absence_set_reason(by=leader, absence=absence, reason=AbsenceReason.EXCUSED)
    assert counted(pupil) == ["excused"]


def test_days_that_have_a_ground_are_refused_by_the_service_and_by_the_database(pupil: Pupil, leader: User) -> None:
    first = ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.CERTIFICATE, MONDAY, MONDAY + timedelta(days=3)))
    with pytest.raises(Refused, match="уже записано: справка врача"):
        ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.NOTE, MONDAY + timedelta(days=3)))
    first.pk = None
    with pytest.raises(IntegrityError, match="grounds_do_not_overlap"), transaction.atomic():
        first.save(force_insert=True)


def test_days_of_no_academic_year_are_refused(pupil: Pupil, leader: User) -> None:
    with pytest.raises(Refused, match="учебном году"):
        ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.NOTE, date(2031, 1, 1)))


def test_a_correction_keeps_what_stood_before_with_its_author(pupil: Pupil, leader: User) -> None:
    miss(pupil, MONDAY, MONDAY + timedelta(days=1))
    first = ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.NOTE, scan=WHOLE_JPEG))
    second = ground_correct(
        by=leader, ground=first, draft=draft(GroundKind.CERTIFICATE, MONDAY, MONDAY + timedelta(days=1))
    )
    first.refresh_from_db()
    assert (first.kind, first.withdrawn_by, first.withdrawn_why) == ("note", leader, "исправлено")
    assert (second.replaces, second.scan) == (first, first.scan)
    assert counted(pupil) == ["illness", "illness"]
    with pytest.raises(Refused, match="уже исправили"):
        ground_correct(by=leader, ground=first, draft=draft(GroundKind.NOTE))


def test_a_withdrawn_ground_gives_the_days_back_to_the_journals_word(pupil: Pupil, leader: User) -> None:
    miss(pupil, MONDAY)
    ground = ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.FAMILY))
    assert counted(pupil) == ["excused"]
    ground_withdraw(by=leader, ground=ground, why="записано не тому")
    assert counted(pupil) == ["unexcused"]
    ground.refresh_from_db()
    assert ground.withdrawn_why == "записано не тому"


def test_history_says_that_it_was_written_and_not_by_which_paper(pupil: Pupil, leader: User) -> None:
    ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.CERTIFICATE, comment="ОРВИ"))
    event = HistoryEvent.objects.filter(table="gradebook_absenceground", operation="I").get()
    assert (event.user, event.pupil_id) == (leader, pupil.pk)
    assert not {"kind", "comment", "on_paper", "scan_id"} & set(event.after or {})
    told = " ".join(str(row) for row in HistoryEvent.objects.values_list("before", "after"))
    assert "ОРВИ" not in told


def test_a_ground_closes_the_signal_of_its_days_and_its_withdrawal_opens_it_again(pupil: Pupil, leader: User) -> None:
    miss(pupil, *week())
    period_judge(period=period_of(pupil.school, 2))
    signal = Signal.objects.get(pupil=pupil, rule=SignalRule.ABSENCES)
    assert (signal.level, signal.state) == (3, SignalState.OPEN)
    ground = ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.CERTIFICATE, MONDAY, MONDAY + timedelta(days=3)))
    signal.refresh_from_db()
    assert (signal.level, signal.evidence) == (1, ["2026-11-13"])
    last = ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.NOTE, week()[4]))
    signal.refresh_from_db()
    assert signal.state == SignalState.CLOSED
    ground_withdraw(by=leader, ground=ground, why="поддельная")
    ground_withdraw(by=leader, ground=last, why="поддельная")
    signal.refresh_from_db()
    assert (signal.level, signal.state) == (3, SignalState.OPEN)


def test_the_class_teachers_desk_and_the_classs_absences_lead_to_what_waits(
    client: Client, pupil: Pupil, leader: User, seventh: SchoolClass
) -> None:
    miss(pupil, *week(2))
    client.force_login(leader)
    link = f"{reverse('grounds:waiting')}?cls={seventh.pk}"
    home = client.get(reverse("start")).content.decode()
    assert f'<a href="{link}">Ждут основания: 2\xa0урока у 1\xa0ученика</a>' in home
    assert link in client.get(reverse("desk:class", args=[seventh.pk]) + "?view=missed").content.decode()
    ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.NOTE, MONDAY, week()[1]))
    assert "Ждут основания" not in client.get(reverse("start")).content.decode()
    html = client.get(reverse("desk:pupil", args=[pupil.pk])).content.decode()
    assert reverse("grounds:pupil", args=[pupil.pk]) in html
    assert "09.11: болезнь, 1\xa0урок" in html


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def sent(**more: Any) -> dict[str, Any]:
    return {"kind": "certificate", "starts": "2026-11-09", "ends": "2026-11-10", "on_paper": "on", **more}


def test_from_the_list_a_ground_is_two_clicks_away(as_leader: Client, pupil: Pupil) -> None:
    miss(pupil, *week(2))
    page = as_leader.get(reverse("grounds:waiting"))
    assert "2\xa0урока у 1\xa0ученика" in page.content.decode()
    url = f"{reverse('grounds:new', args=[pupil.pk])}?first=2026-11-09&last=2026-11-10&back=waiting"
    assert url.replace("&", "&amp;") in page.content.decode()
    form = as_leader.get(url).context["form"]
    assert form.initial == {"kind": "note", "starts": MONDAY, "ends": week()[1], "on_paper": True}
    answer = as_leader.post(url, {**{name: str(value) for name, value in form.initial.items()}, "on_paper": "on"})
    assert answer["Location"] == reverse("grounds:waiting")
    assert "Все пропуски объяснены" in as_leader.get(answer["Location"]).content.decode()


def test_the_list_offers_only_classes_whose_absences_the_person_keeps(
    as_leader: Client, school: School, seventh: SchoolClass, leader: User
) -> None:
    assert leader.staff is not None
    subject = make_subject(school, "История")
    for name in ("8А", "8Б"):
        taught = make_class(school, name)
        TeachingAssignment.objects.create(staff=leader.staff, subject=subject, school_class=taught)
    assert as_leader.get(reverse("grounds:waiting")).context["chips"] == []
    make_class(school, "6Б", teacher=leader.staff)
    chips = as_leader.get(reverse("grounds:waiting")).context["chips"]
    assert [chip.title for chip in chips] == ["Все классы", "6Б", "7А"]


def test_a_longer_absence_offers_a_certificate(as_leader: Client, pupil: Pupil) -> None:
    url = f"{reverse('grounds:new', args=[pupil.pk])}?first=2026-11-09&last=2026-11-13"
    assert as_leader.get(url).context["form"].initial["kind"] == "certificate"


def test_a_photograph_is_attached_and_only_keepers_get_it(
    as_leader: Client, client: Client, pupil: Pupil, school: School, seventh: SchoolClass
) -> None:
    url = reverse("grounds:new", args=[pupil.pk])
    photo = SimpleUploadedFile("Справка Ковтун.jpg", WHOLE_JPEG, "image/jpeg")
    assert as_leader.post(url, sent(file=photo)).status_code == 302
    ground = AbsenceGround.objects.get()
    assert ground.scan is not None
    assert "Ковтун" not in ground.scan.name
    file = reverse("documents:file", args=[ground.scan.pk])
    assert as_leader.get(file).status_code == 200
    seventh.class_teacher = None
    seventh.save()
    assert as_leader.get(file).status_code == 404
    for position, code in (("social_pedagogue", 200), ("deputy_director_uvr", 200), ("psychologist", 404)):
        staff = make_staff(school, f"Петрова {position.title()}", position, login=position)
        client.force_login(User.objects.get(staff=staff))
        assert client.get(file).status_code == code, position


def test_a_file_that_is_no_paper_is_refused_at_its_field(as_leader: Client, pupil: Pupil) -> None:
    bad = SimpleUploadedFile("справка.pdf", b"<html></html>", "application/pdf")
    answer = as_leader.post(reverse("grounds:new", args=[pupil.pk]), sent(file=bad))
    assert answer.status_code == 422
    assert "PDF, JPEG или PNG" in str(answer.context["form"].errors["file"])
    assert not AbsenceGround.objects.exists()


def test_the_pupils_page_shows_the_journals_word_beside_the_schools(as_leader: Client, pupil: Pupil) -> None:
    miss(pupil, MONDAY, raw="НП")
    as_leader.post(reverse("grounds:new", args=[pupil.pk]), sent())
    html = as_leader.get(reverse("grounds:pupil", args=[pupil.pk])).content.decode()
    assert "Алгебра: НП" in html
    assert ">болезнь</td>" in html


def test_two_at_one_ground_the_second_is_told(as_leader: Client, pupil: Pupil, leader: User) -> None:
    ground = ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.NOTE))
    url = reverse("grounds:correct", args=[ground.pk])
    assert as_leader.post(url, sent()).status_code == 302
    assert as_leader.post(url, sent(kind="family")).status_code == 404
    assert AbsenceGround.objects.live().get().kind == "certificate"


def test_who_opened_a_paper_or_the_list_of_grounds_is_logged(as_leader: Client, pupil: Pupil, leader: User) -> None:
    ground = ground_add(by=leader, pupil=pupil, draft=draft(GroundKind.CERTIFICATE, scan=WHOLE_PDF))
    as_leader.get(reverse("grounds:waiting"))
    assert not RestrictedRead.objects.exists()
    as_leader.get(reverse("grounds:pupil", args=[pupil.pk]))
    as_leader.get(reverse("documents:file", args=[ground.scan_id]))
    told = RestrictedRead.objects.order_by("pk").values_list("user", "pupil", "what")
    assert list(told) == [(leader.pk, pupil.pk, "absence_grounds"), (leader.pk, pupil.pk, "absence_paper")]
