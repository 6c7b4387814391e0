"""The papers for the commission: compiled from facts, for the administration to read, sign and send.

Of the service only that the school turned to it, and what was written as the outcome: no note, no word of a
psychologist, no course of a council is read here. Of councils the decisions of the small council and of the prevention
council alone; of the consilium and of mediation nothing.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.template.loader import render_to_string

from common.russian import counted
from consultations.council_reading import COUNCIL
from consultations.councils import CouncilKind, SittingState
from consultations.models import CouncilDecision
from documents.rendering.pdf import render_pdf
from iom.models import WorkEntryPupil
from iom.words import RouteKind
from parents.escalation_words import StepState
from parents.models import Conversation, FamilyCase, Notice
from parents.rules.notices import SubjectLine
from parents.selectors.notice_facts import known_of
from parents.services.conversations import partner_words
from parents.words import NoticeState
from school.models import Enrolment, Period, Pupil, User
from school.selectors_staff import school_heads
from school.services.reading import log_reading

_KINDS = (CouncilKind.SMALL, CouncilKind.PREVENTION)
_HELD = (SittingState.HELD, SittingState.SIGNED)
_MOST_WORKS = 200


@dataclass(frozen=True)
class PeriodFacts:
    """Marks and missed lessons of one period."""

    title: str
    subjects: tuple[SubjectLine, ...]
    missed: int
    unexcused: int


@dataclass(frozen=True)
class Line:
    """A row of a table, in the order of its headings."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """One document of the file: its number is its place in the list on the cover."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[Line, ...]
    empty: str

    @property
    def counted(self) -> str:
        """«3 записи», «записей нет»."""
        number = len(self.rows)
        return counted(number, "запись", "записи", "записей") if number else "записей нет"


@dataclass(frozen=True)
class CommissionFile:
    """What is printed. Days are dates; texts are as people wrote them."""

    school: str
    founder: str
    address: str
    pupil: str
    birth: date | None
    school_class: str
    parents: tuple[str, ...]
    year: str
    on: date
    grounds: str
    periods: tuple[PeriodFacts, ...]
    sections: tuple[Section, ...]
    director: str
    printed_by: str


def build_commission_file(user: User, case: FamilyCase) -> CommissionFile:
    """Of a case that the person has opened past the log; everything else begins with what the person may see."""
    pupil, school = case.pupil, case.school
    seat = Enrolment.objects.on(school.today()).filter(pupil=pupil).select_related("school_class").first()
    return CommissionFile(
        school=school.official_name,
        founder=school.founder,
        address=school.address or school.locality,
        pupil=pupil.full_name,
        birth=pupil.birth_date,
        school_class=str(seat.school_class) if seat is not None else "",
        parents=_parents(pupil),
        year=str(case.year),
        on=school.today(),
        grounds=case.grounds,
        periods=tuple(_periods(case, seat)),
        sections=(_facts(case), _works(user, case), _talks(user, case), _notices(user, case), _councils(user, case),
                  _steps(case)),
        director=school_heads(school).director,
        printed_by=user.display_name,
    )  # fmt: skip


def _parents(pupil: Pupil) -> tuple[str, ...]:
    """«Рябов Семён Романович, отец»: whom the materials are about."""
    ties = pupil.guardianships.select_related("guardian").order_by("guardian__sort_key", "pk")
    return tuple(f"{tie.guardian.full_name}, {tie.get_relation_display().lower()}" for tie in ties)


def _periods(case: FamilyCase, seat: Enrolment | None) -> list[PeriodFacts]:
    if seat is None:
        return []
    today, found = case.school.today(), []
    system = seat.school_class.period_system
    rows = Period.objects.filter(year=case.year, system=system, number__gte=1, starts__lte=today)
    for period in rows.select_related("year").order_by("number"):
        known = known_of([case.pupil], period, today).get(case.pupil_id)
        if known is not None:
            body = known.body
            found.append(PeriodFacts(period.title, body.subjects, body.missed, body.unexcused))
    return found


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day is not None else ""


def _facts(case: FamilyCase) -> Section:
    rows = tuple(Line((_day(fact.on), fact.words)) for fact in case.facts.all())
    return Section("Факты, на которых основано решение", ("День", "Факт"), rows, "Факты не приложены.")


def _works(user: User, case: FamilyCase) -> Section:
    """Work on routes for special needs is restricted and left out."""
    found = WorkEntryPupil.objects.visible_to(user).filter(
        pupil=case.pupil, entry__year=case.year, entry__withdrawn_at__isnull=True
    )
    found = found.exclude(Q(gap__isnull=False) & Q(gap__route__kind=RouteKind.NEEDS))
    rows = []
    for one in found.select_related("entry__subject", "entry__by__staff").order_by("entry__on", "pk")[:_MOST_WORKS]:
        entry = one.entry
        told = (one.get_outcome_display() if one.outcome else "", f"отметка {one.mark}" if one.mark else "")
        subject = entry.subject.name if entry.subject is not None else ""
        form = entry.get_form_display() if entry.form else ""
        result = ", ".join(part for part in told if part)
        rows.append(Line((_day(entry.on), subject, entry.topic, form, result, entry.by.display_name)))
    headings = ("День", "Предмет", "Тема", "Форма", "Результат", "Кто провёл")
    return Section("Индивидуальная работа с обучающимся", headings, tuple(rows), "Записей нет.")


def _talks(user: User, case: FamilyCase) -> Section:
    found = Conversation.objects.visible_to(user).filter(pupil=case.pupil, year=case.year, withdrawn_at__isnull=True)
    rows = []
    for row in (
        found.select_related("guardian", "by__staff", "pupil")
        .prefetch_related("pupil__guardianships")
        .order_by("on", "pk")
    ):
        kept = f"вернулись {_day(row.kept_on)}: {row.kept_note}".rstrip(": ") if row.kept_on else ""
        agreed = f"{row.agreed}, до {_day(row.due)}" if row.agreed and row.due else row.agreed
        told = "; ".join(part for part in (agreed, kept, row.get_signed_display() if row.signed else "") if part)
        cells = (_day(row.on), partner_words(row), row.get_channel_display(), row.occasion, told, row.by.display_name)
        rows.append(Line(cells))
    headings = ("День", "С кем", "Как", "Повод", "О чём договорились и что вышло", "Кто провёл")
    return Section("Беседы с родителями (законными представителями)", headings, tuple(rows), "Записей нет.")


def _notices(user: User, case: FamilyCase) -> Section:
    found = (
        Notice.objects.visible_to(user).filter(pupil=case.pupil, year=case.year).exclude(state=NoticeState.WITHDRAWN)
    )
    rows = []
    for row in found.select_related("guardian").order_by("on", "number"):
        to = row.guardian.full_name if row.guardian is not None else "родителям"
        late = row.reply_by is not None and row.reply_by < case.school.today() and row.state in ("made", "handed")
        state = row.get_state_display() + (f", ответа ждали до {_day(row.reply_by)}, нет" if late else "")
        rows.append(Line((f"№ {row.number}", _day(row.on), to, row.get_kind_display(), state)))
    headings = ("Исх.", "Дата", "Кому", "О чём", "Что с ним стало")
    return Section("Уведомления родителям", headings, tuple(rows), "Уведомлений не было.")


def _councils(user: User, case: FamilyCase) -> Section:
    """Decisions alone, past the log of councils."""
    found = CouncilDecision.objects.visible_to(user).filter(
        pupil=case.pupil,
        question__sitting__council__kind__in=[kind.value for kind in _KINDS],
        question__sitting__state__in=[state.value for state in _HELD],
        question__sitting__on__range=(case.year.starts, case.year.ends),
    )
    log_reading(by=user, pupils=[case.pupil_id], what=COUNCIL)
    rows = []
    related = found.select_related("question__sitting__council", "responsible")
    for row in related.order_by("question__sitting__on", "pk"):
        sitting = row.question.sitting
        rows.append(Line((_day(sitting.on), sitting.council.get_kind_display(), row.text, row.get_state_display())))
    headings = ("День", "Совет", "Решение", "Выполнение")
    return Section("Решения малого педсовета и совета профилактики", headings, tuple(rows), "Решений не было.")


def _steps(case: FamilyCase) -> Section:
    rows = []
    for step in case.steps.exclude(state=StepState.WITHDRAWN).select_related("decided_by__staff"):
        outcome = f"{_day(step.ended_on)}: {step.outcome}" if step.outcome else "исхода ещё нет"
        cells = (_day(step.decided_on), step.get_kind_display(), step.grounds, outcome, step.decided_by.display_name)
        rows.append(Line(cells))
    headings = ("День", "К кому обратились", "Основания", "Исход", "Кто решил")
    return Section("К кому школа обращалась", headings, tuple(rows), "Школа ещё ни к кому не обращалась.")


def commission_pdf(report: CommissionFile) -> bytes:
    """A cover with the list of documents, then the documents one after the other."""
    return render_pdf(render_to_string("parents/family_print.html", {"report": report}))
