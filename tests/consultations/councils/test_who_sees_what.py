"""Who reads what of a consilium, a prevention council, a mediation."""

from collections.abc import Callable
from typing import Any

import pytest

from common.errors import Refused
from consultations.councils import (
    CaseKind,
    CaseState,
    CouncilKind,
    Initiator,
)
from consultations.models import Council
from consultations.services.mediation import CaseEnd, CaseTold, case_close, case_open, case_write
from consultations.services.sitting_questions import (
    Decided,
    Told,
    decision_add,
    question_tell,
)
from consultations.services.sittings import (
    sitting_sign,
)
from school.models import Pupil, RestrictedRead, SchoolClass, Staff, User
from school.roles import Position
from tests.consultations.council_making import (
    ADVICE,
    FINDINGS,
    HELD,
    conclude,
    consent,
    held_about,
    make_council,
    text_of,
)
from tests.factories import make_class, make_pupil, make_staff

pytestmark = pytest.mark.django_db


def test_whoever_sees_the_pupil_knows_of_the_consilium_and_reads_the_advice_alone(
    visit: Callable[..., Any], ppk: Council, chair: Staff, teacher: Staff, leader: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    sitting, question = held_about(chair.user, ppk, pupil)
    question_tell(by=chair.user, question=question, told=Told("слова-ход обсуждения"))
    decision_add(by=chair.user, question=question, decided=Decided("слова-решение"))
    conclude(chair.user, question)
    words = ("слова-ход", "слова-решение", FINDINGS, ADVICE)

    def shown(user: User, name: str, *keys: int) -> list[bool]:
        page = text_of(visit(user, name, *keys))
        return [word in page for word in words]

    assert shown(teacher.user, "councils:pupil", pupil.pk) == [False, False, False, False]
    sitting.refresh_from_db()
    sitting_sign(by=chair.user, sitting=sitting, version=sitting.version, on=HELD)
    assert shown(teacher.user, "councils:pupil", pupil.pk) == [False, False, False, True]
    assert shown(leader.user, "councils:pupil", pupil.pk) == [False, True, True, True]
    assert shown(chair.user, "councils:sitting", sitting.pk) == [True, True, True, True]
    assert visit(teacher.user, "councils:sitting", sitting.pk).status_code == 404
    assert RestrictedRead.objects.filter(user=teacher.user, pupil=pupil, what="council").exists()
    assert "рассмотрен вопрос" in text_of(visit(teacher.user, "desk:pupil", pupil.pk))
    for name in ("desk:pupil", "desk:history", "councils:council", "councils:decisions"):
        key = () if name.endswith("decisions") else (ppk.pk if "council" in name else pupil.pk,)
        assert not any(shown(teacher.user, name, *key)), name
    assert "совет" not in text_of(visit(teacher.user, "desk:history", pupil.pk)).split("История")[-1]


def test_of_the_prevention_council_only_those_know_whom_it_concerns(
    visit: Callable[..., Any], deputy: User, chair: Staff, teacher: Staff, leader: Staff, pupil: Pupil
) -> None:
    council = make_council(deputy, CouncilKind.PREVENTION, chair=chair)
    held_about(chair.user, council, pupil)  # asks for no consent
    psychologist = make_staff(pupil.school, "Зорина Анна", Position.PSYCHOLOGIST, login="other").user
    told = [
        "Совет профилактики, 16.11.2026" in text_of(visit(user, "councils:pupil", pupil.pk))
        for user in (chair.user, leader.user, deputy, teacher.user, psychologist)
    ]
    assert told == [True, True, True, False, False]
    assert "Совет профилактики" not in text_of(visit(teacher.user, "desk:pupil", pupil.pk))
    assert "Совет профилактики" in text_of(visit(leader.user, "desk:pupil", pupil.pk))


def test_how_a_mediation_went_is_between_its_members_alone(
    visit: Callable[..., Any],
    deputy: User,
    chair: Staff,
    teacher: Staff,
    leader: Staff,
    seventh: SchoolClass,
    pupil: Pupil,
) -> None:
    service = make_council(deputy, CouncilKind.MEDIATION, chair=chair)
    other = make_pupil(make_class(pupil.school, "7Б"), "Жарков Илья")
    with pytest.raises(Refused, match="две стороны"):
        told = CaseTold(CaseKind.PUPILS, Initiator.TEACHER, chair, HELD, [pupil])
        case_open(by=chair.user, council=service, told=told)
    told = CaseTold(CaseKind.PUPILS, Initiator.TEACHER, chair, HELD, [pupil, other])
    case = case_open(by=chair.user, council=service, told=told)
    case_write(by=chair.user, case=case, course="слова-ход медиации")
    with pytest.raises(Refused, match="о чём договорились"):
        case_close(by=chair.user, case=case, end=CaseEnd(CaseState.AGREED, HELD))
    case_close(by=chair.user, case=case, end=CaseEnd(CaseState.AGREED, HELD, "слова-договор"))
    for user, course, agreed in ((chair.user, True, True), (deputy, False, True), (leader.user, False, True)):
        page = text_of(visit(user, "councils:case", case.pk))
        assert ("слова-ход" in page, "слова-договор" in page) == (course, agreed), user
    page = text_of(visit(leader.user, "councils:case", case.pk))
    assert "Жарков" not in page and "обучающийся другого класса" in page
    assert visit(teacher.user, "councils:case", case.pk).status_code == 403
