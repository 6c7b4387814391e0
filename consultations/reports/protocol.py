"""The protocol of a sitting on paper: a frozen value, kept as JSON when it is signed, shown from it ever after."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from cattrs.preconf.json import make_converter
from django.db.models import Prefetch

from common.russian import date_short
from consultations.councils import GENITIVE, CouncilKind, MemberRole
from consultations.models import CouncilDecision, Sitting, SittingProtocol, SittingQuestion
from consultations.rules.councils import quorum_of
from school.models import Enrolment
from school.selectors_staff import school_heads

_converter = make_converter()


@dataclass(frozen=True)
class PaperPerson:
    """Who was there, or was not; `role` in words. `member` of the council, or invited."""

    name: str
    short: str
    role: str
    member: bool = False


@dataclass(frozen=True)
class PaperDecision:
    """A decision, who answers for it, until when."""

    text: str
    responsible: str
    due: date | None


@dataclass(frozen=True)
class PaperConclusion:
    """What was concluded on a question; empty words where there is none."""

    number: int
    findings: str
    advice: str
    parents: str
    outcome: str


@dataclass(frozen=True)
class PaperQuestion:
    """A question as it was put and answered. `pupil` is empty for a general one."""

    title: str
    pupil: str
    school_class: str
    initiator: str
    parent: str
    consent: str
    course: str
    decisions: tuple[PaperDecision, ...]
    conclusion: PaperConclusion | None

    @property
    def papers(self) -> list[str]:
        """Papers of the question: what asked for it, the parents' consent, what was concluded."""
        told = []
        if self.pupil and self.initiator:
            told.append(f"представление на обучающегося: {self.pupil}")
        if self.consent:
            told.append(f"согласие родителей: {self.consent}")
        if self.conclusion is not None:
            told.append(f"коллегиальное заключение № {self.conclusion.number}")
        return told


@dataclass(frozen=True)
class ProtocolPaper:
    """A protocol. `version` 0 is a draft; `why`: why a later version was made."""

    school: str
    founder: str
    council: str
    of_council: str
    year: str
    number: int
    on: date
    by_plan: bool
    topic: str
    version: int
    signed_on: date | None
    why: str
    chair: str
    secretary: str
    director: str
    quorum: str
    present: tuple[PaperPerson, ...]
    absent: tuple[PaperPerson, ...]
    questions: tuple[PaperQuestion, ...]

    @property
    def attachments(self) -> list[str]:
        """What lies beside the protocol, in the order of the agenda (Р-93: «к протоколу прилагаются»)."""
        return [paper for one in self.questions for paper in one.papers]

    @property
    def signatures(self) -> list[tuple[str, str]]:
        """Who signs: chair and secretary, then the other members who were there."""
        led = [("Председатель", self.chair), ("Секретарь", self.secretary)]
        rest = [one for one in self.present if one.member and one.short not in (self.chair, self.secretary)]
        return [*led, *((one.role.capitalize(), one.short) for one in rest)]


def protocol_paper(
    sitting: Sitting, *, version: int = 0, signed_on: date | None = None, why: str = ""
) -> ProtocolPaper:
    """What the sitting comes to now. Its words are read: whoever shows it to a person has logged that."""
    people = sorted(sitting.people.select_related("staff"), key=_place)
    there = [one for one in people if one.present]
    away = [one for one in people if one.member and one.present is False]
    leads = {one.role: one.staff.short_name for one in people if one.member and one.staff and one.present is not False}
    school, council = sitting.school, sitting.council
    chair = leads.get(MemberRole.CHAIR.label) or leads.get(MemberRole.DEPUTY.label, "")
    return ProtocolPaper(
        school=school.official_name,
        founder=school.founder,
        council=council.get_kind_display(),
        of_council=GENITIVE[CouncilKind(council.kind)],
        year=str(council.year),
        number=sitting.number or 0,
        on=sitting.on,
        by_plan=sitting.by_plan,
        topic=sitting.topic,
        version=version,
        signed_on=signed_on,
        why=why,
        chair=chair,
        secretary=leads.get(MemberRole.SECRETARY.label, ""),
        director=school_heads(school).director,
        quorum=quorum_of(one.present for one in people if one.member).words,
        present=tuple(_person(one) for one in there),
        absent=tuple(_person(one) for one in away),
        questions=_questions(sitting),
    )


def _place(one: Any) -> int:
    """Members by their role, then whoever was invited."""
    roles = [role.label for role in MemberRole]
    return roles.index(one.role) if one.member and one.role in roles else len(roles)


def _person(one: Any) -> PaperPerson:
    short = one.staff.short_name if one.staff is not None else one.guest
    return PaperPerson(one.name, short, str(one.role).lower(), one.member)


def _questions(sitting: Sitting) -> tuple[PaperQuestion, ...]:
    decisions = CouncilDecision.objects.select_related("responsible")
    rows = list(
        SittingQuestion.objects.filter(sitting=sitting)
        .select_related("pupil", "petition", "guardian", "consent", "words", "conclusion__words")
        .prefetch_related(Prefetch("decisions", decisions))
    )
    seats = Enrolment.objects.on(sitting.on).filter(pupil__in=[row.pupil_id for row in rows if row.pupil_id])
    classes = {seat.pupil_id: str(seat.school_class) for seat in seats.select_related("school_class")}
    return tuple(_question(row, classes.get(row.pupil_id or 0, "")) for row in rows)


def _question(row: SittingQuestion, school_class: str) -> PaperQuestion:
    consent = row.consent
    return PaperQuestion(
        title=row.title,
        pupil=row.pupil.full_name if row.pupil is not None else "",
        school_class=school_class,
        initiator=row.petition.get_initiator_display() if row.petition is not None else "",
        parent=_parent(row),
        consent=f"{consent.document}, {date_short(consent.given_on)}" if consent is not None else "",
        course=row.words.course if hasattr(row, "words") else "",
        decisions=tuple(
            PaperDecision(one.text, one.responsible.short_name if one.responsible else "", one.due)
            for one in row.decisions.all()
        ),
        conclusion=_conclusion(row),
    )


def _parent(row: SittingQuestion) -> str:
    """«присутствовал(а): Ковтун Анна Павловна», «не присутствовали»; empty when nobody has said."""
    if row.parent_present is None:
        return ""
    if not row.parent_present:
        return "не присутствовали"
    return f"присутствовали: {row.guardian.full_name}" if row.guardian is not None else "присутствовали"


def _conclusion(row: SittingQuestion) -> PaperConclusion | None:
    found = getattr(row, "conclusion", None)
    if found is None:
        return None
    words = found.words
    return PaperConclusion(found.number, words.findings, words.advice, words.parents, found.get_outcome_display())


def protocol_content(paper: ProtocolPaper) -> dict[str, Any]:
    """As the database keeps it."""
    kept: dict[str, Any] = json.loads(_converter.dumps(paper))
    return kept


def protocol_kept(row: SittingProtocol) -> ProtocolPaper:
    """As it was signed."""
    return _converter.structure(row.content, ProtocolPaper)
