"""Councils of the demo school: a ППк with its sittings, a small and a prevention council, a case of mediation."""

from datetime import date, time

from consultations.councils import (
    Agreement,
    AgreementWay,
    CaseKind,
    CaseState,
    CouncilKind,
    DecisionState,
    Initiator,
    MemberRole,
    Outcome,
    Reason,
)
from consultations.models import Conclusion, Council, CouncilDecision, Sitting, SittingQuestion
from consultations.services.conclusions import (
    Answered,
    Concluded,
    Referred,
    conclusion_answer,
    conclusion_read,
    conclusion_write,
    pmpk_refer,
)
from consultations.services.councils import Order, council_make, member_add
from consultations.services.mediation import CaseEnd, CaseTold, case_close, case_open, case_write, party_agree
from consultations.services.petitions import Asked, petition_send
from consultations.services.sitting_questions import (
    Decided,
    Told,
    decision_add,
    decision_answer,
    people_invite,
    presence_mark,
    question_add,
    question_tell,
)
from consultations.services.sittings import SittingPlan, sitting_hold, sitting_plan, sitting_sign
from demo.cast import STORIES
from demo.decisions import on_day
from school.models import Pupil, School, Staff, User
from school.purposes import Purpose
from school.selectors_consents import consent_for
from school.services.consents import consent_record

_ORDER = Order("88-О", date(2026, 8, 28), "Положение о психолого-педагогическом консилиуме от 28.08.2026")
_BEGINS = date(2026, 9, 1)
_CHAIR, _DEPUTY, _SECRETARY, _MEMBER = MemberRole
_PPK = (
    ("psiholog-glava", _CHAIR),
    ("psiholog", _SECRETARY),
    ("zavuch", _DEPUTY),
    ("socped", _MEMBER),
    ("logoped", _MEMBER),
)
_PREVENTION = (("director", _CHAIR), ("socped", _SECRETARY), ("zavuch", _MEMBER), ("psiholog", _MEMBER))
_SMALL = (("zavuch", _CHAIR), ("socped", _SECRETARY), ("psiholog", _MEMBER))
_MEDIATORS = (("socped", _CHAIR), ("psiholog", _MEMBER))


def councils(school: School) -> None:
    """What a school's councils came to by the demo's day."""
    with on_day(school, _BEGINS):
        ppk = _found(CouncilKind.PPK, _ORDER, _PPK)
        prevention = _found(CouncilKind.PREVENTION, Order("89-О", date(2026, 8, 28)), _PREVENTION)
        small = _found(CouncilKind.SMALL, Order("91-О", date(2026, 8, 28)), _SMALL)
        mediation = _found(CouncilKind.MEDIATION, Order("90-О", date(2026, 8, 28)), _MEDIATORS)
    for surname in ("Ковтун", "Ибрагимов", "Голубев"):
        _consent(_pupil(school, surname))
    _first_sitting(school, ppk)
    _late_sitting(school, ppk)
    _to_come(school, ppk)
    _small(school, small)
    _prevent(school, prevention)
    _mediate(school, mediation)


def _user(login: str) -> User:
    return User.objects.select_related("school", "staff").get(username=login)


def _staff(login: str) -> Staff:
    staff = _user(login).staff
    assert staff is not None
    return staff


def _pupil(school: School, surname: str) -> Pupil:
    """One of the cast; a drawn pupil may have the same surname."""
    who = next(story.who for story in STORIES if story.who.last == surname)
    rows = Pupil.objects.select_related("school").filter(school=school, last_name=who.last, first_name=who.first)
    return rows.get(middle_name=who.middle)


def _found(kind: CouncilKind, order: Order, people: tuple[tuple[str, MemberRole], ...]) -> Council:
    deputy = _user("zavuch")
    council = council_make(by=deputy, kind=kind, order=order)
    for login, role in people:
        member_add(by=deputy, council=council, staff=_staff(login), role=role, begins=_BEGINS)
    return council


def _consent(pupil: Pupil) -> None:
    """Where nobody has recorded one yet."""
    day, guardian = date(2026, 9, 4), pupil.guardians.first()
    if consent_for(pupil, Purpose.PSYCHOLOGICAL_HELP, date(2026, 10, 20)) is None and guardian is not None:
        consent_record(
            by=_user("socped"),
            pupil=pupil,
            purpose=Purpose.PSYCHOLOGICAL_HELP,
            guardian=guardian,
            given_on=day,
            document="личное дело, вкладыш",
        )


def _held(sitting: Sitting, by: User, absent: str = "") -> Sitting:
    sitting = sitting_hold(by=by, sitting=sitting, version=sitting.version)
    for person in sitting.people.select_related("staff"):
        present = person.staff is None or not absent or person.staff != _staff(absent)
        presence_mark(by=by, person=person, present=present)
    return sitting


def _first_sitting(school: School, ppk: Council) -> None:
    """Held and signed in time; the parents agree partly; two decisions, one of them carried out."""
    teacher, chair, pupil = _user("klass"), _user("psiholog-glava"), _pupil(school, "Ковтун")
    asked = Asked(Reason.LEARNING, Initiator.CLASS_TEACHER, date(2026, 10, 8), "не успевает записать условие задачи")
    with on_day(school, date(2026, 10, 8)):
        petition = petition_send(by=teacher, pupil=pupil, kind=CouncilKind.PPK, asked=asked)
        plan = SittingPlan(date(2026, 10, 15), "Программы сопровождения на первое полугодие", True, time(14, 30), "15")
        sitting = sitting_plan(by=chair, council=ppk, plan=plan)
        question = question_add(
            by=chair, sitting=sitting, title="О причинах трудностей в математике", petition=petition
        )
        people_invite(by=chair, sitting=sitting, staff=[_staff("klass"), _staff("predmet")])
    with on_day(school, date(2026, 10, 15)):
        sitting = _held(sitting, chair, absent="logoped")
        told = Told("Учитель показал работы, психолог — итоги наблюдения на уроках.", True, pupil.guardians.first())
        question_tell(by=chair, question=question, told=told)
        done, conclusion = _help_of(chair, question)
    _after(school, chair, sitting, done, conclusion)


def _help_of(chair: User, question: SittingQuestion) -> tuple[CouncilDecision, Conclusion]:
    first = Decided("Карточки с готовым условием на каждом уроке алгебры", _staff("predmet"), date(2026, 11, 2))
    done = decision_add(by=chair, question=question, decided=first)
    second = Decided("Занятия на внимание, раз в неделю", _staff("psiholog"), date(2026, 12, 18))
    decision_add(by=chair, question=question, decided=second)
    findings = Concluded(
        Outcome.SUPPORT,
        "Справляется с заданием, когда условие перед глазами; теряется, когда его нужно удержать в памяти.",
        "Давать условие на карточке. Спрашивать после двух-трёх ответивших. Отмечать, что получилось.",
        "Проверять вместе только одно задание в день, хвалить за самостоятельность.",
    )
    return done, conclusion_write(by=chair, question=question, told=findings)


def _after(school: School, chair: User, sitting: Sitting, done: CouncilDecision, conclusion: Conclusion) -> None:
    answered = Answered(
        Agreement.PARTLY,
        date(2026, 10, 15),
        AgreementWay.SITTING,
        signed=True,
        given_on=date(2026, 10, 15),
        teachers_on=date(2026, 10, 19),
        dissent="Просят перенести занятия на утро.",
    )
    with on_day(school, date(2026, 10, 19)):
        conclusion_answer(by=chair, conclusion=conclusion, told=answered)
        sitting_sign(by=chair, sitting=sitting, version=sitting.version, on=date(2026, 10, 19))
        conclusion_read(by=_user("predmet"), conclusion=conclusion)
    with on_day(school, date(2026, 11, 2)):
        told = "карточки готовы до декабря"
        decision_answer(by=_user("predmet"), decision=done, state=DecisionState.DONE, answer=told)


def _late_sitting(school: School, ppk: Council) -> None:
    """Unplanned; its protocol waits, the conclusion has not reached the teachers; a referral to the ПМПК."""
    chair, pupil = _user("psiholog-glava"), _pupil(school, "Ибрагимов")
    with on_day(school, date(2026, 11, 12)):
        plan = SittingPlan(date(2026, 11, 12), "Условия обучения: уточнение", False, time(15, 0), "15")
        sitting = sitting_plan(by=chair, council=ppk, plan=plan)
        question = question_add(by=chair, sitting=sitting, title="Об уточнении условий обучения", pupil=pupil)
        _held(sitting, chair)
        decided = Decided("Подготовить документы для ПМПК", _staff("logoped"), date(2026, 11, 19))
        decision_add(by=chair, question=question, decided=decided)
        told = Concluded(
            Outcome.PMPK,
            "Читает медленно, пропускает окончания; устно отвечает уверенно.",
            "Давать больше времени на чтение, оценивать устный ответ.",
        )
        conclusion = conclusion_write(by=chair, question=question, told=told)
        given = Answered(
            Agreement.AGREE, date(2026, 11, 12), AgreementWay.SITTING, signed=True, given_on=date(2026, 11, 12)
        )
        conclusion_answer(by=chair, conclusion=conclusion, told=given)
        pmpk_refer(by=chair, pupil=pupil, told=Referred(date(2026, 11, 12), "уточнить условия обучения чтению"))


def _to_come(school: School, ppk: Council) -> None:
    """Planned for December; a petition waits for it."""
    chair = _user("psiholog-glava")
    with on_day(school, date(2026, 11, 18)):
        plan = SittingPlan(date(2026, 12, 10), "Итоги полугодия", True, time(14, 30), "15")
        sitting = sitting_plan(by=chair, council=ppk, plan=plan)
        question_add(by=chair, sitting=sitting, title="Как идёт помощь", pupil=_pupil(school, "Голубев"))
        question_add(by=chair, sitting=sitting, title="План работы консилиума на второе полугодие")
        asked = Asked(Reason.ADAPTATION, Initiator.CLASS_TEACHER, date(2026, 11, 18))
        petition_send(by=_user("klass"), pupil=_pupil(school, "Рябов"), kind=CouncilKind.PPK, asked=asked)


def _small(school: School, council: Council) -> None:
    """The class teacher asked; of two decisions the plan of support tells the rest."""
    chair, pupil = _user("zavuch"), _pupil(school, "Тарасенко")
    asked = Asked(Reason.ABSENCES, Initiator.CLASS_TEACHER, date(2026, 10, 16), "", "звонили матери дважды")
    with on_day(school, date(2026, 10, 16)):
        petition = petition_send(by=_user("klass"), pupil=pupil, kind=CouncilKind.SMALL, asked=asked)
    with on_day(school, date(2026, 10, 20)):
        plan = SittingPlan(date(2026, 10, 20), "Пропуски и неаттестация", False, time(15, 0), "1")
        sitting = sitting_plan(by=chair, council=council, plan=plan)
        question = question_add(by=chair, sitting=sitting, title="О возвращении к учёбе", petition=petition)
        people_invite(by=chair, sitting=sitting, staff=[_staff("klass")])
        sitting = _held(sitting, chair)
        question_tell(
            by=chair, question=question, told=Told("Прослушали классного руководителя.", parent_present=False)
        )
        visit = decision_add(
            by=chair, question=question, decided=Decided("Посетить семью", _staff("socped"), date(2026, 10, 30))
        )
        check = Decided("Сверять пропуски по пятницам", _staff("socped"), date(2026, 12, 25))
        decision_add(by=chair, question=question, decided=check)
        sitting_sign(by=chair, sitting=sitting, version=sitting.version, on=date(2026, 10, 20))
    with on_day(school, date(2026, 10, 28)):
        decision_answer(by=_user("socped"), decision=visit, state=DecisionState.DONE, answer="договорились о занятиях")


def _prevent(school: School, council: Council) -> None:
    """A sitting about missed lessons."""
    head, pupil = _user("director"), _pupil(school, "Бероев")
    with on_day(school, date(2026, 11, 17)):
        plan = SittingPlan(date(2026, 11, 17), "Пропуски без причины", True, time(16, 0), "1")
        sitting = sitting_plan(by=head, council=council, plan=plan)
        question = question_add(by=head, sitting=sitting, title="О пропусках уроков", pupil=pupil)
        sitting = _held(sitting, head)
        question_tell(by=head, question=question, told=Told("Пропускал уроки вместе со старшими.", True))
        decided = Decided("Встретиться с семьёй дома", _staff("socped"), date(2026, 11, 25))
        decision_add(by=head, question=question, decided=decided)
    with on_day(school, date(2026, 11, 19)):
        sitting_sign(by=head, sitting=sitting, version=sitting.version, on=date(2026, 11, 19))


def _mediate(school: School, council: Council) -> None:
    """One case came to an agreement."""
    leader = _user("socped")
    sides = [_pupil(school, "Жарков"), _pupil(school, "Яшин")]
    told = CaseTold(CaseKind.PUPILS, Initiator.CLASS_TEACHER, _staff("socped"), date(2026, 10, 6), sides)
    with on_day(school, date(2026, 10, 6)):
        case = case_open(by=leader, council=council, told=told)
        for party in case.parties.all():
            party_agree(by=leader, party=party, agrees=True)
        case_write(by=leader, case=case, course="Две встречи порознь, одна общая.")
    with on_day(school, date(2026, 10, 14)):
        agreed = "Не задевать друг друга в переписке; о ссоре сразу говорить классному руководителю."
        end = CaseEnd(CaseState.AGREED, date(2026, 10, 14), agreed, check_on=date(2026, 11, 25))
        case_close(by=leader, case=case, end=end)
