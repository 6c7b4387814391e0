"""What the demo's school knows of families: who is not to be told, who needs an interpreter; one case of evasion."""

from datetime import date

from demo.decisions import on_day
from demo.journals import user_named
from parents.escalation_words import StepKind
from parents.models import Notice
from parents.selectors.escalation import facts_about
from parents.services.escalation import Decision, case_open, step_decide
from parents.words import NoticeState
from school.guardian_words import ContactWay, Telling
from school.models import Enrolment, Guardianship, School, User
from school.models.people import Sex
from school.selectors import current_year
from school.services.guardians import Family, guardian_save

_BEGINS, _DECIDED, _DUE = date(2026, 9, 10), date(2026, 11, 18), date(2026, 11, 25)


def know_families(school: School) -> None:
    """Guardians of the class of «klass», and the deputy's decision about one whose parents do not answer."""
    with on_day(school, _BEGINS):
        _guardians(user_named("klass"))
    with on_day(school, _DECIDED):
        _decide(user_named("zavuch"))


def _guardians(leader: User) -> None:
    """One has a father who is told nothing by the court's decision; the mother of another needs an interpreter."""
    seats = Enrolment.objects.on(_BEGINS).filter(school_class__class_teacher=leader.staff).values("pupil")
    ties = list(
        Guardianship.objects.filter(pupil__in=seats)
        .select_related("guardian", "pupil__school")
        .order_by("pupil__sort_key", "pk")
    )
    boys = [tie for tie in ties if tie.pupil.sex == Sex.MALE and tie.relation == Guardianship.Relation.MOTHER]
    if boys:
        pupil = boys[-1].pupil
        _save(leader, boys[-1], {"way": ContactWay.PHONE}, Family(lives_with=True))
        limited = Family(False, Telling.NONE, "решение районного суда от 12.03.2026", date(2026, 3, 12))
        named = {
            "last_name": pupil.last_name,
            "first_name": "Андрей",
            "middle_name": "Ильич",
            "phone": "+7 900 001-00-01",
        }
        guardian_save(
            by=leader, pupil=pupil, tie=None, relation=Guardianship.Relation.FATHER, fields=named, family=limited
        )
    if ties:
        told = {"language": "узбекский", "interpreter": True, "way": ContactWay.MEETING}
        _save(leader, ties[0], told, Family(lives_with=True))


def _save(by: User, tie: Guardianship, fields: dict[str, object], family: Family) -> None:
    guardian_save(by=by, pupil=tie.pupil, tie=tie, relation=tie.relation, fields=fields, family=family)


def _decide(by: User) -> None:
    handed = Notice.objects.filter(by=user_named("klass"), state=NoticeState.HANDED)
    notice = handed.select_related("pupil__school").order_by("number").first()
    year = current_year(notice.pupil.school) if notice is not None else None
    if notice is None or year is None:
        return
    pupil = notice.pupil
    case = case_open(
        by=by,
        pupil=pupil,
        grounds="С начала ноября родители не отвечают на уведомления и не приходят по приглашению школы.",
        facts=facts_about(by, pupil, year, _DECIDED),
    )
    asked = Decision(
        StepKind.SOCIAL, "Выяснить, почему семья не отвечает: навестить вместе с классным руководителем.", _DUE
    )
    step_decide(by=by, case=case, version=case.version, decision=asked)
