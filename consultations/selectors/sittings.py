"""A sitting as its council reads it. Words about pupils are fetched here alone, past the log of readings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from consultations.council_reading import COUNCIL
from consultations.councils import STEP_WORDS, CouncilKind, PetitionState, SittingState
from consultations.models import (
    Conclusion,
    CouncilDecision,
    Petition,
    Sitting,
    SittingPerson,
    SittingProtocol,
    SittingQuestion,
)
from consultations.rules.councils import Quorum, Term, parents_due, protocol_due, quorum_of, teachers_due
from school.models import Consent, Enrolment, User
from school.purposes import Purpose
from school.selectors import holiday_spans
from school.services.reading import log_reading


@dataclass(frozen=True)
class QuestionLine:
    """A question of the agenda with all that was said and decided about it."""

    question: SittingQuestion
    school_class: str
    course: str
    decisions: tuple[CouncilDecision, ...]
    conclusion: Conclusion | None
    consent: bool
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class StepLine:
    """A step of the sitting's way, in words."""

    words: str
    at: date
    who: str
    comment: str


@dataclass(frozen=True)
class SittingPage:
    """One sitting."""

    sitting: Sitting
    questions: tuple[QuestionLine, ...]
    people: tuple[SittingPerson, ...]
    quorum: Quorum
    protocol: Term | None
    protocols: tuple[SittingProtocol, ...]
    steps: tuple[StepLine, ...]
    waiting: tuple[Petition, ...]

    @property
    def is_ppk(self) -> bool:
        """Whether conclusions and consents belong to it."""
        return self.sitting.council.kind == CouncilKind.PPK

    @property
    def held(self) -> bool:
        """Whether it took place."""
        return self.sitting.state in (SittingState.HELD, SittingState.SIGNED)

    @property
    def writes(self) -> bool:
        """Whether its course may be written now."""
        return self.sitting.state == SittingState.HELD


def sitting_page(user: User, sitting: Sitting) -> SittingPage:
    """A sitting that was found through `visible_to`; the reading about its pupils is logged first."""
    today = sitting.school.today()
    holidays = holiday_spans(sitting.council.year)
    log_reading(by=user, pupils=_pupils(sitting), what=COUNCIL)
    people = tuple(sitting.people.select_related("staff"))
    protocols = tuple(sitting.protocols.select_related("by__staff").defer("content"))
    held = sitting.state in (SittingState.HELD, SittingState.SIGNED)
    signed = protocols[0].signed_on if protocols else None
    waiting = Petition.objects.visible_to(user).filter(kind=sitting.council.kind, state=PetitionState.SENT)
    return SittingPage(
        sitting=sitting,
        questions=_questions(sitting, holidays, today),
        people=people,
        quorum=quorum_of(one.present for one in people if one.member),
        protocol=Term("Протокол", protocol_due(sitting.on, holidays), signed) if held else None,
        protocols=protocols,
        steps=tuple(_steps(sitting)),
        waiting=tuple(waiting.select_related("pupil")) if sitting.is_open else (),
    )


def _pupils(sitting: Sitting) -> list[int]:
    rows = SittingQuestion.objects.filter(sitting=sitting, pupil__isnull=False)
    return [pupil for pupil in rows.values_list("pupil", flat=True) if pupil is not None]


def _questions(sitting: Sitting, holidays: Sequence[tuple[date, date]], today: date) -> tuple[QuestionLine, ...]:
    decisions = CouncilDecision.objects.select_related("responsible", "answered_by__staff")
    rows = list(
        SittingQuestion.objects.filter(sitting=sitting)
        .select_related("pupil", "petition", "guardian", "consent", "words", "conclusion__words")
        .prefetch_related(Prefetch("decisions", decisions))
    )
    pupils = [row.pupil_id for row in rows if row.pupil_id]
    seats = Enrolment.objects.on(sitting.on).filter(pupil__in=pupils).select_related("school_class")
    classes = {seat.pupil_id: str(seat.school_class) for seat in seats}
    consents = Consent.objects.in_force(sitting.on).filter(pupil__in=pupils, purpose=Purpose.PSYCHOLOGICAL_HELP)
    given = set(consents.values_list("pupil", flat=True))
    return tuple(
        QuestionLine(
            question=row,
            school_class=classes.get(row.pupil_id or 0, ""),
            course=row.words.course if hasattr(row, "words") else "",
            decisions=tuple(row.decisions.all()),
            conclusion=getattr(row, "conclusion", None),
            consent=row.pupil_id in given,
            terms=tuple(conclusion_terms(getattr(row, "conclusion", None), sitting.on, holidays)),
        )
        for row in rows
    )


def conclusion_terms(
    conclusion: Conclusion | None, held: date, holidays: Sequence[tuple[date, date]]
) -> Iterable[Term]:
    """The terms of a conclusion: to the parents, to the teachers."""
    if conclusion is not None:
        yield Term("Передано родителям", parents_due(held), conclusion.given_on)
        yield Term("Доведено до педагогов", teachers_due(held, holidays), conclusion.teachers_on)


def _steps(sitting: Sitting) -> Iterable[StepLine]:
    for step in sitting.steps.select_related("by__staff"):
        words = STEP_WORDS.get(step.deed, step.deed)
        if step.deed == "move" and not step.comment:
            words = "исправлено"
        yield StepLine(words, step.at, step.by.display_name if step.by else "", step.comment)


def sittings_ahead(user: User, kind: str) -> QuerySet[Sitting]:
    """Sittings of councils of the kind which the person runs, with an agenda that is open."""
    rows = Sitting.objects.visible_to(user).filter(council__kind=kind, council__ended_on__isnull=True)
    return rows.filter(state__in=[SittingState.PLANNED, SittingState.HELD]).select_related("council")


def decisions_of(user: User) -> QuerySet[CouncilDecision]:
    """Decisions that the person answers for or whose council the person is in, with what a list shows.

    The words are restricted: `note_decisions` logs the reading of those that are shown.
    """
    rows = CouncilDecision.objects.visible_to(user)
    return rows.select_related("question__sitting__council", "pupil", "responsible", "answered_by__staff")


def note_decisions(user: User, rows: Iterable[CouncilDecision]) -> None:
    """Log that the person reads these decisions, before they are fetched for a page."""
    log_reading(by=user, pupils={row.pupil_id for row in rows if row.pupil_id is not None}, what=COUNCIL)
