"""The register of programs and its indicators, partners with their terms, courses and competitions of pupils."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from iom.models import Achievement, CourseSeat, NetworkPartner, PartnerAgreement, Program
from iom.programs import LevelWord, ProgramKind
from iom.rules.programs import ProgramFacts, count_programs, ends_soon, is_supported, year_later
from iom.services.programs import (
    AgreementDraft,
    ProgramDraft,
    agreement_keep,
    partner_keep,
    partner_remove,
    program_add,
    program_change,
)
from iom.services.pupil_facts import seat_change, seats_add
from iom.services.removing import fact_remove
from school.agendas import agenda_of
from school.models import Pupil, School, SchoolClass, User
from school.roles import Position
from tests.counting import MOST, queries
from tests.factories import TODAY, make_class, make_pupil, make_school, make_staff, make_subject

PAGE = "/programs/"
BEGINS = date(2026, 9, 1)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    return make_class(school, "7А")


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


def made(by: User, title: str, kind: ProgramKind = ProgramKind.COURSE, **told: Any) -> Program:
    assert by.school is not None
    draft = ProgramDraft(kind=kind, title=title, levels=[LevelWord.BASIC], starts=BEGINS, **told)
    return program_add(by=by, school=by.school, draft=draft)


APPROVED: dict[str, Any] = {"paper_number": "12", "approved_on": date(2026, 8, 28)}


def test_the_five_subjects_are_known_by_their_lines_in_the_journal() -> None:
    for name in (
        "Русский язык",
        "Алгебра и начала анализа",
        "Геометрия",
        "История России",
        "Всеобщая история",
        "Физика",
    ):
        assert is_supported(name), name
    for name in ("Литература", "Физическая культура", "Химия", "Английский язык"):
        assert not is_supported(name), name
    assert is_supported("Наглядная арифметика", "Математика")


def test_a_program_of_two_levels_counts_once_for_the_school() -> None:
    both = ProgramFacts(True, False, True, True, False, True, ("noo", "ooo"))
    planned = ProgramFacts(True, False, True, False, False, False, ("noo",))
    literate = ProgramFacts(False, True, False, False, True, True, ("ooo",))
    counts = count_programs([both, planned, literate], ["noo", "ooo", "soo"])
    assert (counts.all, counts.network, counts.courses, counts.supporting, counts.literate) == (3, 1, 2, 1, 1)
    assert counts.per_level == (("noo", 1), ("ooo", 1), ("soo", 0))


def test_a_term_is_near_a_month_before_and_after_its_end() -> None:
    assert ends_soon(date(2026, 12, 21), TODAY) and ends_soon(date(2026, 10, 22), TODAY)
    assert not ends_soon(date(2026, 12, 22), TODAY) and not ends_soon(date(2026, 10, 21), TODAY)
    assert not ends_soon(None, TODAY)


@pytest.mark.django_db
def test_each_indicator_leads_to_as_many_programs_as_it_counts(client: Client, deputy: User, school: School) -> None:
    algebra, art = make_subject(school, "Алгебра"), make_subject(school, "Музыка")
    made(deputy, "Считаем вместе", subject=algebra, network=True, **APPROVED)
    made(deputy, "Ещё не утверждена", subject=algebra)
    made(deputy, "Хор", subject=art, **APPROVED)
    made(deputy, "Читаем мир", ProgramKind.EXTRA, literacy=True, **APPROVED)
    made(deputy, "Прошлая", subject=algebra, ends=date(2026, 10, 1), **APPROVED)
    made(deputy, "Робототехника", ProgramKind.EXTRA, where="Дом творчества", literacy=True, network=True, **APPROVED)
    made(deputy, "Алгебра 7", ProgramKind.WORK, subject=algebra, **APPROVED)
    client.force_login(deputy)
    figures = client.get(PAGE).context["figures"]
    assert [figure.number for figure in figures] == ["1", "1", "1", "0", "1", "0"]
    assert figures[0].of.startswith("из 5:") and figures[1].of.startswith("из 3:")
    for figure in figures:
        assert client.get(figure.url).context["page"].paginator.count == int(figure.number), figure.label


@pytest.mark.django_db
def test_half_an_approval_and_a_partner_without_the_network_are_refused(deputy: User, school: School) -> None:
    with pytest.raises(Refused, match="номер приказа"):
        made(deputy, "Хор", paper_number="12")
    partner_keep(by=deputy, school=school, name="Техникум", gives="мастерские")
    partner = NetworkPartner.objects.get()
    with pytest.raises(Refused, match="сетевая форма не отмечена"):
        made(deputy, "Хор", partner=partner)
    program = made(deputy, "Хор", partner=partner, network=True)
    with pytest.raises(Refused, match="есть программы"):
        partner_remove(by=deputy, partner=partner, why="закрылся")
    with pytest.raises(Refused, match="уже есть"):
        partner_keep(by=deputy, school=school, name="Техникум", gives="")
    fact_remove(by=deputy, row=program, why="повтор")
    with pytest.raises(Refused, match="отозвали"):
        program_change(
            by=deputy, program=program, draft=ProgramDraft(ProgramKind.EXTRA, "Хор", [LevelWord.PRIMARY], BEGINS)
        )
    partner_remove(by=deputy, partner=partner, why="закрылся")


@pytest.mark.django_db
def test_an_agreement_that_ends_is_on_the_agenda_until_another_lasts(
    client: Client, deputy: User, school: School
) -> None:
    partner_keep(by=deputy, school=school, name="Техникум", gives="")
    partner = NetworkPartner.objects.get()

    def asked() -> list[tuple[str, date | None]]:
        fresh = User.objects.select_related("school", "staff").get(pk=deputy.pk)
        items = [item for item in agenda_of(fresh, TODAY) if "Договор" in item.title]
        return [(item.title.replace("\u00a0", " "), item.due) for item in items]

    ends = date(2026, 12, 10)
    agreement_keep(by=deputy, partner=partner, draft=AgreementDraft("5", BEGINS, BEGINS, ends))
    assert asked() == [("Договор с 1 партнёром заканчивается", ends)]
    client.force_login(deputy)
    assert len(client.get(f"{PAGE}partners/?soon=1").context["rows"]) == 1
    agreement_keep(by=deputy, partner=partner, draft=AgreementDraft("6", TODAY, TODAY, date(2027, 12, 1)))
    assert asked() == []
    with pytest.raises(Refused, match="раньше"):
        agreement_keep(by=deputy, partner=partner, draft=AgreementDraft("7", BEGINS, TODAY, BEGINS))
    assert PartnerAgreement.objects.count() == 2


@pytest.mark.django_db
def test_pupils_of_a_class_are_put_on_a_course_at_once_and_never_twice(
    client: Client, deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    program = made(deputy, "Считаем вместе", ends=date(2026, 12, 25))
    other = make_pupil(seventh, "Зотова Алина")
    seats_add(by=deputy, program=program, pupils=[pupil], starts=date(2026, 9, 7))
    client.force_login(deputy)
    address = reverse("programs:enrol", args=[program.pk])
    assert "7А" in client.get(address).content.decode()
    sent = {"starts": "2026-10-05", "pupils": [pupil.pk, other.pk]}
    assert client.post(f"{address}?cls={seventh.pk}", sent).status_code == 302
    starts = dict(CourseSeat.objects.values_list("pupil__last_name", "starts"))
    assert starts == {"Ковтун": date(2026, 9, 7), "Зотова": date(2026, 10, 5)}
    seat = CourseSeat.objects.get(pupil=other)
    with pytest.raises(Refused, match="вне срока"):
        seat_change(by=deputy, seat=seat, starts=date(2026, 10, 5), ends=date(2027, 1, 5))
    seat_change(by=deputy, seat=seat, starts=date(2026, 10, 5), ends=date(2026, 11, 1))
    assert client.get(PAGE).context["rows"][0].going == 1


@pytest.mark.django_db
def test_a_competition_is_written_for_several_and_its_paper_is_for_whoever_sees_the_pupil(
    client: Client, deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    other = make_pupil(seventh, "Зотова Алина")
    client.force_login(deputy)
    paper = SimpleUploadedFile("диплом.pdf", b"%PDF-1.4 x %%EOF")
    sent = {"title": "Кенгуру", "reach": "country", "place": "2", "on": "2026-11-12", "pupils": [pupil.pk, other.pk]}
    address = f"{PAGE}competitions/new/?cls={seventh.pk}"
    assert client.post(address, sent | {"on": "2026-11-30"}).status_code == 422
    assert client.post(address, sent | {"file": paper}).status_code == 302
    found = Achievement.objects.get(pupil=pupil)
    assert found.scan is not None and Achievement.objects.count() == 2
    paper_url = reverse("documents:file", args=[found.scan.pk])
    assert client.get(paper_url).status_code == 200
    stranger = make_staff(make_class(pupil.school, "8А").school, "Чужая Анна", Position.METHODICAL_HEAD, login="other")
    client.force_login(stranger.user)
    assert client.get(paper_url).status_code == 404
    assert list(client.get(f"{PAGE}competitions/").context["rows"]) == []


@pytest.mark.django_db
def test_long_registers_cost_no_more_queries_than_short_ones(client: Client, deputy: User, pupil: Pupil) -> None:
    client.force_login(deputy)
    made(deputy, "Первая", **APPROVED)
    one = queries(client, PAGE)
    for number in range(30):
        program = made(deputy, f"Программа {number}", **APPROVED)
        seats_add(by=deputy, program=program, pupils=[pupil], starts=BEGINS)
    assert queries(client, PAGE) == one <= MOST


@pytest.mark.django_db
def test_programs_of_the_last_year_go_on_without_their_approval_and_are_offered_once(
    client: Client, deputy: User, seventh: SchoolClass
) -> None:
    school = seventh.school
    last: dict[str, Any] = {"starts": date(2025, 9, 1), "ends": date(2026, 5, 31), **APPROVED}
    for title in ("Шахматы", "Хор"):
        draft = ProgramDraft(kind=ProgramKind.COURSE, title=title, levels=[LevelWord.BASIC], literacy=True, **last)
        program_add(by=deputy, school=school, draft=draft)
    made(deputy, "Математика без двоек")
    client.force_login(deputy)
    page = client.get(f"{PAGE}copy/")
    assert [words for _, words in page.context["form"].fields["programs"].choices] == [
        "Хор (внеурочная деятельность)", "Шахматы (внеурочная деятельность)",
    ]  # fmt: skip
    assert client.post(f"{PAGE}copy/").status_code == 422
    chess = Program.objects.get(title="Шахматы")
    client.post(f"{PAGE}copy/", {"programs": [chess.pk]})
    copied = Program.objects.get(title="Шахматы", starts=date(2026, 9, 1))
    assert (copied.ends, copied.literacy, copied.approved_on) == (date(2027, 5, 31), True, None)
    assert client.post(f"{PAGE}copy/", {"programs": [chess.pk]}).status_code == 422  # it is not offered twice
    assert Program.objects.filter(title="Шахматы").count() == 2
    assert year_later(date(2028, 2, 29)) == date(2029, 2, 28)
