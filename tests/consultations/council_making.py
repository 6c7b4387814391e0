"""Pieces of councils for tests."""

import re
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from consultations.councils import CouncilKind, MemberRole, Outcome
from consultations.models import Conclusion, Council, Sitting, SittingQuestion
from consultations.services.conclusions import Concluded, conclusion_write
from consultations.services.councils import Order, council_make, member_add
from consultations.services.sitting_questions import presence_mark, question_add
from consultations.services.sittings import SittingPlan, sitting_hold, sitting_plan
from school.models import Consent, Pupil, School, Staff, User
from school.purposes import Purpose

HELD = date(2026, 11, 16)  # a Monday of the demo's last week
FINDINGS = "слова-выводы консилиума"
ADVICE = "слова-рекомендации педагогам"


def fresh(user: User) -> User:
    """The person at the next request."""
    return User.objects.select_related("school", "staff").get(pk=user.pk)


def set_day(school: School, day: date) -> None:
    """Move the clock."""
    School.objects.filter(pk=school.pk).update(demo_today=day)


def make_council(by: User, kind: CouncilKind, **people: Staff) -> Council:
    """A council of a kind; people by their role: `chair`, `secretary`, `member`."""
    council = council_make(by=by, kind=kind, order=Order())
    roles = {"chair": MemberRole.CHAIR, "secretary": MemberRole.SECRETARY, "member": MemberRole.MEMBER}
    for role, staff in people.items():
        member_add(by=by, council=council, staff=staff, role=roles[role], begins=date(2026, 9, 1))
    return council


def consent(pupil: Pupil) -> Consent:
    """To psychological and pedagogical help, since September."""
    purpose = Purpose.PSYCHOLOGICAL_HELP
    return Consent.objects.create(pupil=pupil, purpose=purpose, given_on=date(2026, 9, 1), document="папка 1")


def held_about(by: User, council: Council, pupil: Pupil, day: date = HELD) -> tuple[Sitting, SittingQuestion]:
    """A sitting that was held, with one question about the pupil; everybody was there."""
    sitting = sitting_plan(by=by, council=council, plan=SittingPlan(day, "Сопровождение"))
    question = question_add(by=by, sitting=sitting, title="О помощи в учёбе", pupil=pupil)
    sitting = sitting_hold(by=by, sitting=sitting, version=sitting.version)
    for person in sitting.people.all():
        presence_mark(by=by, person=person, present=True)
    return sitting, question


def conclude(by: User, question: SittingQuestion) -> Conclusion:
    """The conclusion on a question."""
    return conclusion_write(by=by, question=question, told=Concluded(Outcome.SUPPORT, FINDINGS, ADVICE))


def text_of(page: Any) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def pdf_text(content: bytes) -> str:
    """The words of a document."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
