"""Parents who evade duties: a person decides with grounds, the system lists facts, the file is never sent by itself."""

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from common.errors import Refused
from consultations.councils import PetitionState
from consultations.models import Petition, Referral
from consultations.talk_words import ReferralState
from documents.models import Job, JobState, OutboxMail, StoredFile
from documents.services.running import job_run
from parents.escalation_words import FactKind, StepKind
from parents.models import FamilyCase, FamilyFact, FamilyPrint, FamilyStep
from parents.rules.escalation import Fact, NoticeTold, TalkTold, notice_fact, talk_fact
from parents.rules.notices import NoticeBody, SubjectLine
from parents.services.conversations import Told, conversation_record
from parents.services.escalation import Decision, case_close, case_open, step_decide, step_end, step_withdraw
from parents.services.notices import Draft, notice_step, notices_make
from school.agendas import agenda_of
from school.models import Guardian, Guardianship, Pupil, RestrictedRead, School, SchoolClass, User
from tests.counting import MOST, queries
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_marks, period_of

GROUNDS = "С октября не приходят на приглашения, на звонки не отвечают."
DAY = date(2026, 11, 20)


@pytest.fixture
def school() -> School:
    return make_school()


def person(school: School, name: str, position: str) -> User:
    return make_staff(school, name, position, login=position).user


@pytest.fixture
def deputy(school: School) -> User:
    return person(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr")


@pytest.fixture
def leader(school: School) -> User:
    return make_staff(school, "Тихонова Анна Петровна", login="leader").user


@pytest.fixture
def seventh(school: School, leader: User) -> SchoolClass:
    return make_class(school, "7А", teacher=leader.staff)


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="p1")


@pytest.fixture
def mother(pupil: Pupil) -> Guardian:
    row = Guardian.objects.create(school=pupil.school, last_name="Ковтун", first_name="Ирина")
    Guardianship.objects.create(guardian=row, pupil=pupil, relation="mother")
    return row


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def case(pupil: Pupil, deputy: User) -> FamilyCase:
    return case_open(by=deputy, pupil=pupil, grounds=GROUNDS)


def tell(leader: User, pupil: Pupil, mother: Guardian) -> None:
    """A talk whose signature was declined, a notice that was declined."""
    today = pupil.school.today()
    conversation_record(
        by=leader, pupil=pupil, told=Told(today, "phone", "пропуски уроков", guardian=mother, signed="declined")
    )
    body = NoticeBody("Ковтун Матвей Андреевич", "7А", "1-я четверть", subjects=(SubjectLine("Алгебра", "2 2"),))
    (notice,) = notices_make(
        by=leader, school=pupil.school, period=period_of(pupil.school), kind="marks", drafts=[Draft(pupil, body)]
    )
    notice_step(by=leader, notice=notice, version=0, what="decline")


def test_facts_are_talks_without_a_result_and_notices_unanswered_or_declined() -> None:
    before, after = DAY - timedelta(days=1), DAY + timedelta(days=1)
    talks = {
        TalkTold(1, before, "двойки", "проверяет тетрадь", before, False, ""): True,
        TalkTold(2, before, "двойки", "проверяет тетрадь", DAY, False, ""): False,  # the day is not over
        TalkTold(3, before, "двойки", "проверяет тетрадь", before, True, ""): False,  # one came back to it
        TalkTold(4, before, "двойки", "", None, False, "declined"): True,
        TalkTold(5, before, "двойки", "", None, False, "signed"): False,
    }
    notices = {
        NoticeTold(1, 1, before, "О пропусках", "handed", before): True,
        NoticeTold(2, 2, before, "О пропусках", "handed", after): False,
        NoticeTold(3, 3, before, "О пропусках", "handed", None): False,
        NoticeTold(4, 4, before, "О пропусках", "known", before): False,
        NoticeTold(5, 5, before, "О пропусках", "declined", None): True,
    }

    assert {talk.key: talk_fact(talk, DAY) is not None for talk in talks} == {
        talk.key: found for talk, found in talks.items()
    }
    assert {one.key: notice_fact(one, DAY) is not None for one in notices} == {
        one.key: found for one, found in notices.items()
    }


@pytest.mark.django_db
def test_a_person_opens_a_case_on_grounds_and_ticks_facts_that_lead_to_their_source(
    leader: User, pupil: Pupil, mother: Guardian
) -> None:
    tell(leader, pupil, mother)
    client, new = client_of(leader), reverse("family:new", args=[pupil.pk])
    form = client.get(new).context["form"]
    codes = [code for code, _ in form.fields["facts"].choices]
    assert len(codes) == 2
    assert not form.initial.get("facts")  # nothing is ticked beforehand

    assert client.post(new, {"grounds": " ", "facts": codes}).status_code == 422
    assert not FamilyCase.objects.exists()
    made = client.post(new, {"grounds": GROUNDS, "facts": codes})
    page = client.get(made["Location"]).content.decode()
    for fact in FamilyFact.objects.all():
        name = "parents:talk" if fact.kind == "talk" else "notices:notice"
        assert reverse(name, args=[fact.row]) in page
        assert fact.words in page.replace("&quot;", '"')
    assert {fact.kind for fact in FamilyFact.objects.all()} == {"talk", "notice"}
    assert client.post(new, {"grounds": GROUNDS}).status_code == 422  # it goes on already


@pytest.mark.django_db
def test_the_system_proposes_nobody_and_does_nothing_by_itself(
    leader: User, deputy: User, pupil: Pupil, mother: Guardian
) -> None:
    tell(leader, pupil, mother)
    for user in (leader, deputy):
        agenda = agenda_of(user, pupil.school.today() + timedelta(days=60))
        assert not [item for item in agenda if "семь" in item.title.lower()]
        assert not client_of(user).get(reverse("family:list")).context["rows"]
    assert not FamilyCase.objects.exists()


@pytest.mark.django_db
def test_a_step_to_a_specialist_is_a_referral_and_to_a_council_a_petition(case: FamilyCase, deputy: User) -> None:
    for kind in (StepKind.PSYCHOLOGIST, StepKind.SMALL_COUNCIL, StepKind.COMMISSION):
        case.refresh_from_db()
        step_decide(by=deputy, case=case, version=case.version, decision=Decision(kind, "договорённости не выполнены"))
    steps = {step.kind: step for step in FamilyStep.objects.all()}

    assert Referral.objects.get() == steps["psychol"].referral
    assert Referral.objects.get().text == "договорённости не выполнены"
    assert Petition.objects.get() == steps["small"].petition
    assert (steps["kdn"].referral, steps["kdn"].petition) == (None, None)
    assert not OutboxMail.objects.exists()
    page = client_of(deputy).get(reverse("family:case", args=[case.pk])).content.decode()
    assert "Отправляет школа" in page


@pytest.mark.django_db
def test_each_step_needs_grounds_a_person_and_its_own_decision(case: FamilyCase, deputy: User) -> None:
    with pytest.raises(Refused, match="основания"):
        step_decide(by=deputy, case=case, version=1, decision=Decision(StepKind.SOCIAL, " "))
    with pytest.raises(Refused, match="Срок уже прошёл"):
        past = case.school.today() - timedelta(days=1)
        step_decide(by=deputy, case=case, version=1, decision=Decision(StepKind.SOCIAL, "беседа", past))
    step = step_decide(by=deputy, case=case, version=1, decision=Decision(StepKind.SOCIAL, "беседа"))
    with pytest.raises(Refused, match="изменил"):  # somebody was quicker
        step_decide(by=deputy, case=case, version=1, decision=Decision(StepKind.COMMISSION, "беседа"))
    step_end(by=deputy, step=step, version=2, on=case.school.today(), outcome="родители не пришли")

    assert [one.kind for one in FamilyStep.objects.all()] == ["social"]  # no step follows from another


@pytest.mark.django_db
def test_a_step_is_called_off_and_what_nobody_took_up_goes_back_with_it(case: FamilyCase, deputy: User) -> None:
    first = step_decide(by=deputy, case=case, version=1, decision=Decision(StepKind.PSYCHOLOGIST, "беседа"))
    second = step_decide(by=deputy, case=case, version=2, decision=Decision(StepKind.PREVENTION, "беседа"))
    step_withdraw(by=deputy, step=first, version=3, why="рано")
    step_withdraw(by=deputy, step=second, version=4, why="рано")

    assert Referral.objects.get().state == ReferralState.WITHDRAWN
    assert Petition.objects.get().state == PetitionState.WITHDRAWN
    assert {step.outcome for step in FamilyStep.objects.all()} == {"рано"}


@pytest.mark.django_db
def test_it_ends_with_an_outcome_once_no_step_waits_or_is_withdrawn(case: FamilyCase, deputy: User) -> None:
    client, step = client_of(deputy), None
    step = step_decide(by=deputy, case=case, version=1, decision=Decision(StepKind.COMMISSION, "беседа"))
    case.refresh_from_db()
    with pytest.raises(Refused, match="без исхода"):
        case_close(by=deputy, case=case, version=2, outcome="mended", text="приходят")
    outcome = {"on": case.school.today().isoformat(), "outcome": "комиссия провела беседу"}
    client.post(reverse("family:step_outcome", args=[step.pk]), outcome)
    client.post(reverse("family:close", args=[case.pk]), {"outcome": "mended", "text": "приходят на встречи"})
    case.refresh_from_db()
    assert (case.state, case.outcome_text) == ("closed", "приходят на встречи")

    other = case_open(by=deputy, pupil=case.pupil, grounds=GROUNDS)
    client.post(reverse("family:withdraw", args=[other.pk]), {"why": "не тот ученик"})
    other.refresh_from_db()
    assert (other.state, other.outcome_text) == ("undone", "не тот ученик")


@pytest.mark.django_db
def test_of_two_who_correct_one_case_the_second_is_told(case: FamilyCase, deputy: User) -> None:
    client, edit = client_of(deputy), reverse("family:edit", args=[case.pk])
    seen = client.get(edit).context["seen"]
    client.post(edit, {"grounds": "первый", "seen": seen})
    answer = client.post(edit, {"grounds": "второй", "seen": seen})

    assert answer.status_code == 422
    assert FamilyCase.objects.get().grounds == "первый"
    assert "второй" in answer.content.decode()


@pytest.mark.django_db
def test_few_see_it_each_reading_is_logged_and_nobody_else_learns_of_it(
    school: School, seventh: SchoolClass, case: FamilyCase, deputy: User, leader: User
) -> None:
    psychologist = person(school, "Ветрова Мария Юрьевна", "psychologist")
    tutor = make_staff(school, "Верба Инна Олеговна", "tutor", login="verba")
    tutor.responsibilities.create(pupil=case.pupil, kind="tutor")
    step_decide(by=deputy, case=case, version=1, decision=Decision(StepKind.COMMISSION, "беседы без результата"))
    url, card = reverse("family:case", args=[case.pk]), reverse("desk:pupil", args=[case.pupil_id])
    for user in (deputy, leader, psychologist):
        assert GROUNDS in client_of(user).get(url).content.decode()
        assert "Решение по семье" in client_of(user).get(card).content.decode()
    stranger = client_of(tutor.user)
    assert stranger.get(url).status_code == 403
    assert "емье" not in stranger.get(card).content.decode()

    read = RestrictedRead.objects.filter(what="family_case").values_list("user", flat=True)
    assert set(read) == {deputy.pk, leader.pk, psychologist.pk}
    history = client_of(deputy).get(reverse("desk:history", args=[case.pupil_id])).content.decode()
    assert GROUNDS not in history
    assert "решения по семье" not in history.lower()
    SchoolClass.objects.update(class_teacher=None)
    assert client_of(leader).get(url).status_code == 403


@pytest.mark.django_db
def test_the_file_is_assembled_by_the_worker_with_a_reason_that_is_kept_and_is_sent_by_nobody(
    case: FamilyCase, deputy: User, leader: User, pupil: Pupil, mother: Guardian
) -> None:
    tell(leader, pupil, mother)
    person(pupil.school, "Самойлова Нина Павловна", "director")
    give_marks(pupil, "Алгебра", 2, 2, 3)
    step_decide(by=deputy, case=case, version=1, decision=Decision(StepKind.COMMISSION, "договорённости не выполнены"))
    client, order = client_of(deputy), reverse("family:file", args=[case.pk])
    assert client.post(order, {"why": ""}).status_code == 422
    client.post(order, {"why": "запрос комиссии № 114", "once": "a"})
    job = Job.objects.get()
    assert job_run(job.pk) == JobState.DONE
    job.refresh_from_db()
    assert job.result is not None
    url = reverse("documents:file", args=[job.result.pk])
    sheets = PdfReader(io.BytesIO(b"".join(client.get(url)))).pages
    text = " ".join(" ".join(sheet.extract_text().replace("\u00a0", " ").split()) for sheet in sheets)

    told = ("Ковтун Матвей Андреевич", "Опись документов", GROUNDS, "Алгебра", "2 2 3", "пропуски уроков")
    whose = ("Ковтун Ирина, мать", "Самойлова Н. П.")
    for words in (*told, *whose, "отказ от ознакомления", "№ 1", "договорённости не выполнены", "Отправляет школа"):
        assert words.lower() in text.lower(), words
    assert [(row.by_id, row.why) for row in FamilyPrint.objects.all()] == [(deputy.pk, "запрос комиссии № 114")]
    assert "запрос комиссии № 114" in client.get(reverse("family:case", args=[case.pk])).content.decode()
    assert RestrictedRead.objects.filter(user=deputy, what="family_file").exists()
    assert not OutboxMail.objects.exists()
    assert client_of(leader).get(url).status_code == 404
    assert client_of(leader).get(order).status_code == 403
    assert StoredFile.objects.get().expires_at is not None


@pytest.mark.django_db
def test_a_step_whose_term_is_over_comes_to_whoever_decided_it_and_names_nobody(
    case: FamilyCase, deputy: User, leader: User
) -> None:
    due = case.school.today() + timedelta(days=3)
    step_decide(by=deputy, case=case, version=1, decision=Decision(StepKind.COMMISSION, "беседа", due))
    late = due + timedelta(days=1)
    (item,) = [one for one in agenda_of(deputy, late) if "семье" in one.title]

    assert item.url == reverse("family:case", args=[case.pk])
    assert "Ковтун" not in f"{item.title} {item.about}"
    assert not [one for one in agenda_of(deputy, due) if "семье" in one.title]
    assert not [one for one in agenda_of(leader, late) if "семье" in one.title]


@pytest.mark.django_db
def test_the_list_asks_the_same_number_of_queries_at_one_and_at_fifty(
    school: School, seventh: SchoolClass, case: FamilyCase, deputy: User
) -> None:
    client, url = client_of(deputy), reverse("family:list")
    few = queries(client, url)
    for number in range(49):
        other = make_pupil(seventh, f"Абрамов{'а' * number} Вера Ильинична", external_id=f"x{number}")
        case_open(by=deputy, pupil=other, grounds=GROUNDS, facts=[Fact(FactKind.TALK, 1, DAY, "беседа")])

    assert queries(client, url) == few <= MOST
