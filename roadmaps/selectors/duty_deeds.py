"""Deeds of the floors below that are done-marks of duties: all of them in one statement.

A mark is how many deeds there are and when the last was: it names no pupil, and it is gone when the deed is taken
back. Each deed is opened on its own page, which asks anew who may see it. Routes for special needs and restricted
causes are left out. `duty_marks.py` asks them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.urls import reverse

from consultations.councils import CouncilKind, PetitionState, Reason, SittingState
from consultations.models import LessonVisit as ParentVisit
from consultations.models import NoticeAnswer, Petition, Referral, Sitting, SupportPlan
from consultations.talk_words import PlanState, ReferralState
from gradebook.models import AbsenceGround, Mark
from gradebook.models.procedures import ProcedureKind, ProcedureState
from iom.models import Gap, RouteVersion, WorkEntry
from iom.models.talks import OPEN_CAUSES, PupilTalk
from iom.words import GapState, RouteKind, RouteState
from iom.work_words import WorkWay
from parents.event_words import EventState
from parents.models import Conversation, EventMark, Notice, ParentEvent
from parents.words import BegunBy, Channel, NoticeKind, NoticeState
from risk_registry.categories import EntryState, SignalRule, SignalState
from risk_registry.interviews import ComplaintState, InterviewKind, InterviewState
from risk_registry.models import EntryCause, HomeworkComplaint, Interview, RegistryStep, Signal, SignalResponse
from risk_registry.workflow import Deed as RegistryDeed
from roadmaps.models import StaffQuestion, StaffSitting
from roadmaps.rules.duties import Stretch, evenly_from
from roadmaps.sitting_words import SittingKind, Topic
from roadmaps.sitting_words import SittingState as StaffState
from school.models import START, AcademicYear, TeachingAssignment
from teaching.models import LessonVisit


@dataclass(frozen=True)
class Asked:
    """Of which year and days, as of today."""

    year: AcademicYear
    span: Stretch
    today: date

    @property
    def school(self) -> int:
        """The key of the school."""
        return self.year.school_id

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the span."""
        return self.span.starts, self.span.ends


Rows = QuerySet[Any]


@dataclass(frozen=True)
class DeedKind:
    """A kind of deed: how a mark calls several, which rows they are, the page of one by its key.

    `rows` are annotated as `_told` does: `d_who`, `d_day`, `d_row`, `d_link`.
    """

    words: str
    rows: Callable[[Asked], Rows]
    page: str

    def url(self, key: int) -> str:
        """Where one deed is seen."""
        return reverse(self.page, args=[key])


def _told(rows: Rows, who: Any, day: Any, row: str = "pk", link: str = "") -> Rows:
    """Who did it (a key of staff), on which day, what tells deeds apart, and the key of the page."""
    by = F(who) if isinstance(who, str) else who
    on = F(day) if isinstance(day, str) else day
    told: Rows = rows.order_by().annotate(d_who=by, d_day=on, d_row=F(row), d_link=F(link or row))
    return told


def _diagnostics(asked: Asked) -> Rows:
    works = "subject__procedures"
    rows = TeachingAssignment.objects.filter(
        Q(**{f"{works}__school_class__isnull": True}) | Q(**{f"{works}__school_class": F("school_class")}),
        **{
            f"{works}__kind": ProcedureKind.DIAGNOSTIC,
            f"{works}__state__in": [ProcedureState.HELD, ProcedureState.ANALYSED],
            f"{works}__date__range": asked.days,
            f"{works}__year": asked.year,
            f"{works}__grade": F("school_class__grade"),
        },
        school_class__year=asked.year,
    )
    return _told(rows, "staff", f"{works}__date", f"{works}__pk")


def _even_marks(asked: Asked) -> Rows:
    """Classes and subjects whose marks were not piled up, once the last weeks of the period have come."""
    rows = TeachingAssignment.objects.filter(school_class__year=asked.year)
    if not asked.span.number or asked.today < evenly_from(asked.span.ends):
        return _told(rows.none(), "staff", Value(asked.span.ends))
    lacking = Signal.objects.filter(
        rule=SignalRule.FEW_MARKS,
        period__year=asked.year,
        period__ends__range=asked.days,
        school_class=OuterRef("school_class"),
        subject=OuterRef("subject"),
    ).exclude(state=SignalState.CLOSED)
    given = Mark.objects.filter(
        pupil__enrolments__school_class=OuterRef("school_class"), subject=OuterRef("subject"), date__range=asked.days
    )
    day = Value(min(asked.today, asked.span.ends))
    part = Exists(lacking.filter(pupil__subgroups=OuterRef("subgroup")))
    even = (Q(subgroup__isnull=True) & ~Exists(lacking)) | (Q(subgroup__isnull=False) & ~part)
    return _told(rows.filter(Exists(given), even), "staff", day, link="school_class")


def _work(asked: Asked, form: str = "") -> Rows:
    rows = WorkEntry.objects.standing().filter(school=asked.school, on__range=asked.days)
    who = Coalesce("extra_session__staff", "extra_session__group__teacher", "by__staff")
    return _told(rows.filter(form=form) if form else rows, who, "on")


def _controls(asked: Asked) -> Rows:
    rows = _gaps(asked).filter(state=GapState.CLOSED, closed_by__on__range=asked.days)
    return _told(rows, "closed_by__by__staff", "closed_by__on", link="route")


def _terms(asked: Asked) -> Rows:
    rows = _gaps(asked).filter(part__teacher__isnull=False, created_at__date__range=asked.days)
    return _told(rows.exclude(state=GapState.DROPPED), "part__teacher", TruncDate("created_at"), link="route")


def _gaps(asked: Asked) -> Rows:
    rows = Gap.objects.filter(school=asked.school, pupil__isnull=False).exclude(route__kind=RouteKind.NEEDS)
    return rows.exclude(route__state=RouteState.WITHDRAWN)


def _routes(asked: Asked) -> Rows:
    rows = RouteVersion.objects.filter(route__school=asked.school, pupil__isnull=False, at__date__range=asked.days)
    rows = rows.exclude(route__kind=RouteKind.NEEDS).exclude(route__state=RouteState.WITHDRAWN)
    return _told(rows, "by__staff", TruncDate("at"), "route")


def _answering(rows: Rows, prefix: str, rule: SignalRule) -> Rows:
    """Those records that answered a signal of the rule."""
    reference = Concat(Value(prefix), Cast(OuterRef("pk"), CharField()))
    return rows.filter(Exists(SignalResponse.objects.filter(reference=reference, signal__rule=rule)))


def _talks_with_parents(asked: Asked) -> Rows:
    return Conversation.objects.filter(school=asked.school, on__range=asked.days, withdrawn_at__isnull=True)


def _notices(asked: Asked, kind: NoticeKind) -> Rows:
    rows = Notice.objects.filter(school=asked.school, kind=kind, on__range=asked.days)
    return _told(rows.exclude(state=NoticeState.WITHDRAWN), "by__staff", "on")


def _told_of(asked: Asked, rule: SignalRule) -> Rows:
    return _told(_answering(_talks_with_parents(asked), "conversation:", rule), "by__staff", "on")


def _causes(asked: Asked) -> Rows:
    rows = EntryCause.objects.filter(school=asked.school, on__range=asked.days, withdrawn_at__isnull=True)
    return _told(rows.filter(code__in=OPEN_CAUSES), "by__staff", "on", link="entry")


def _talks(asked: Asked) -> Rows:
    rows = PupilTalk.objects.filter(school=asked.school, on__range=asked.days, withdrawn_at__isnull=True)
    return _told(rows, "by__staff", "on")


def _referrals(asked: Asked) -> Rows:
    rows = Referral.objects.filter(school=asked.school, at__date__range=asked.days)
    return _told(rows.exclude(state=ReferralState.WITHDRAWN), "by__staff", TruncDate("at"))


def _grounds(asked: Asked) -> Rows:
    rows = AbsenceGround.objects.live().filter(school=asked.school, at__date__range=asked.days)
    return _told(rows, "by__staff", TruncDate("at"), link="pupil")


def _petitions(asked: Asked) -> Rows:
    rows = Petition.objects.filter(school=asked.school, kind=CouncilKind.SMALL, on__range=asked.days)
    return _told(rows.exclude(state=PetitionState.WITHDRAWN), "by__staff", "on")


def _events(asked: Asked) -> Rows:
    rows = ParentEvent.objects.filter(school=asked.school, state=EventState.HELD, on__range=asked.days)
    return _told(rows, "leader", "on")


def _complaints(asked: Asked) -> Rows:
    rows = HomeworkComplaint.objects.filter(school=asked.school, came_on__range=asked.days)
    return _told(rows.exclude(state=ComplaintState.WITHDRAWN), "by__staff", "came_on")


def _councils(asked: Asked, kind: CouncilKind) -> Rows:
    held = [SittingState.HELD.value, SittingState.SIGNED.value]
    rows = Sitting.objects.filter(school=asked.school, council__kind=kind, state__in=held, on__range=asked.days)
    return _told(rows, "created_by__staff", "on")


def _sittings(asked: Asked, kind: SittingKind) -> Rows:
    rows = StaffSitting.objects.filter(school=asked.school, kind=kind, state=StaffState.HELD, on__range=asked.days)
    return _told(rows, Coalesce("chair", "by__staff"), "on")


def _reviews(asked: Asked) -> Rows:
    """Meetings at the director's that spoke of what the program has reached."""
    spoken = StaffQuestion.objects.filter(sitting=OuterRef("pk"), topic=Topic.REVIEW)
    return _sittings(asked, SittingKind.DIRECTOR).filter(Exists(spoken))


def _visits(asked: Asked) -> Rows:
    rows = LessonVisit.objects.filter(school=asked.school, on__range=asked.days, removed_at__isnull=True)
    return _told(rows, "visitor", "on")


def _interviews(asked: Asked, kind: InterviewKind) -> Rows:
    """Those of the asked period: a talk about its results is held after it."""
    rows = Interview.objects.filter(year=asked.year, kind=kind, state=InterviewState.HELD)
    if kind == InterviewKind.MONTHLY:
        rows = rows.filter(held_on__range=asked.days)
    elif asked.span.number:
        rows = rows.filter(period__number=asked.span.number)
    return _told(rows, "leader__staff", "held_on")


def _first_interviews(asked: Asked) -> Rows:
    """With class teachers about the list: those for September."""
    rows = _interviews(asked, InterviewKind.MONTHLY)
    return rows.filter(month=date(asked.year.start, 9, 1))


def _first_list(asked: Asked) -> Rows:
    rows = RegistryStep.objects.filter(
        entry__school=asked.school,
        entry__period__year=asked.year,
        entry__period__system=START,
        entry__state=EntryState.APPROVED,
        deed=RegistryDeed.APPROVE,
    )
    return _told(rows, "by__staff", TruncDate("at"), "entry")


def _plans(asked: Asked) -> Rows:
    held = [PlanState.FORCE.value, PlanState.FINISHED.value]
    rows = SupportPlan.objects.filter(school=asked.school, state__in=held, begins__range=asked.days)
    return _told(rows, "responsible", "begins")


def _brought(asked: Asked) -> Rows:
    rows = NoticeAnswer.objects.filter(notice__school=asked.school, told_on__range=asked.days)
    return _told(rows, "by__staff", "told_on", link="pupil")


def _came(asked: Asked) -> Rows:
    rows = EventMark.objects.filter(event__school=asked.school, event__on__range=asked.days, came=True)
    rows = rows.filter(event__state=EventState.HELD)
    return _told(rows, "by__staff", "event__on", link="event")


def _in_person(asked: Asked) -> Rows:
    rows = _talks_with_parents(asked).filter(channel=Channel.MEETING, begun_by=BegunBy.SCHOOL)
    return _told(rows, "by__staff", "on")


def _begun_by_parents(asked: Asked) -> Rows:
    return _told(_talks_with_parents(asked).filter(begun_by=BegunBy.PARENT), "by__staff", "on")


def _lessons_seen(asked: Asked) -> Rows:
    rows = ParentVisit.objects.filter(school=asked.school, on__range=asked.days)
    return _told(rows, "by__staff", "on", link="pupil")


KINDS: dict[str, DeedKind] = {
    "diagnostic": DeedKind("Проведённые стартовые диагностики", _diagnostics, "registry:external_work"),
    "even": DeedKind("Классы и предметы, где отметки не копились к концу", _even_marks, "sheet:page"),
    "work": DeedKind("Записи индивидуальной работы", _work, "work:entry"),
    "control": DeedKind("Пробелы, закрытые повторным контролем", _controls, "routes:route"),
    "term": DeedKind("Темы со сроком освоения", _terms, "routes:route"),
    "consult": DeedKind("Консультации", lambda asked: _work(asked, WorkWay.CONSULTATION), "work:entry"),
    "told": DeedKind(
        "Беседы с родителями по сигналу о двойках",
        lambda asked: _told_of(asked, SignalRule.THREE_UNSATISFACTORY),
        "parents:talk",
    ),
    "marks": DeedKind(
        "Уведомления о низкой успеваемости", lambda asked: _notices(asked, NoticeKind.MARKS), "notices:notice"
    ),
    "cause": DeedKind("Установленные причины", _causes, "registry:entry"),
    "talk": DeedKind("Беседы с обучающимися", _talks, "work:talk"),
    "referral": DeedKind("Обращения к специалистам", _referrals, "referrals:referral"),
    "ground": DeedKind("Выясненные причины пропусков", _grounds, "grounds:pupil"),
    "absence": DeedKind(
        "Беседы с родителями по сигналу о пропусках",
        lambda asked: _told_of(asked, SignalRule.ABSENCES),
        "parents:talk",
    ),
    "missed": DeedKind("Уведомления о пропусках", lambda asked: _notices(asked, NoticeKind.ABSENCES), "notices:notice"),
    "truancy": DeedKind(
        "Ходатайства о малом педсовете из-за пропусков",
        lambda asked: _petitions(asked).filter(reason=Reason.ABSENCES),
        "councils:petition",
    ),
    "parents": DeedKind(
        "Беседы с родителями", lambda asked: _told(_talks_with_parents(asked), "by__staff", "on"), "parents:talk"
    ),
    "event": DeedKind("Проведённые мероприятия для родителей", _events, "events:event"),
    "complaint": DeedKind("Записанные жалобы на объём заданий", _complaints, "registry:complaint"),
    "petition": DeedKind("Ходатайства о малом педсовете", _petitions, "councils:petition"),
    "small": DeedKind("Малые педсоветы", lambda asked: _councils(asked, CouncilKind.SMALL), "councils:sitting"),
    "brief": DeedKind("Планёрки", lambda asked: _sittings(asked, SittingKind.BRIEFING), "sittings:sitting"),
    "director": DeedKind(
        "Совещания при директоре", lambda asked: _sittings(asked, SittingKind.DIRECTOR), "sittings:sitting"
    ),
    "group": DeedKind(
        "Заседания рабочей группы", lambda asked: _sittings(asked, SittingKind.GROUP), "sittings:sitting"
    ),
    "council": DeedKind(
        "Педагогические советы", lambda asked: _sittings(asked, SittingKind.COUNCIL), "sittings:sitting"
    ),
    "review": DeedKind("Совещания об итогах программы", _reviews, "sittings:sitting"),
    "visit": DeedKind("Посещения уроков", _visits, "teaching:visit"),
    "monthly": DeedKind(
        "Собеседования с классными руководителями",
        lambda asked: _interviews(asked, InterviewKind.MONTHLY),
        "registry:interview",
    ),
    "pupils": DeedKind(
        "Собеседования с обучающимися", lambda asked: _interviews(asked, InterviewKind.PUPIL), "registry:interview"
    ),
    "list": DeedKind("Утверждённые записи списка начала года", _first_list, "registry:entry"),
    "first": DeedKind("Собеседования с классными руководителями за сентябрь", _first_interviews, "registry:interview"),
    "subject": DeedKind(
        "Собеседования с учителями-предметниками",
        lambda asked: _interviews(asked, InterviewKind.SUBJECT),
        "registry:interview",
    ),
    "route": DeedKind("Утверждённые индивидуальные маршруты", _routes, "routes:route"),
    "ppk": DeedKind("Заседания консилиума", lambda asked: _councils(asked, CouncilKind.PPK), "councils:sitting"),
    "closing": DeedKind(
        "Собеседования по итогам периода",
        lambda asked: _interviews(asked, InterviewKind.CLOSING),
        "registry:interview",
    ),
    "plan": DeedKind("Планы сопровождения", _plans, "plans:plan"),
    "brought": DeedKind("Доведённые графики встреч", _brought, "bringing:page"),
    "came": DeedKind("Пришли на мероприятия", _came, "events:event"),
    "person": DeedKind("Личные беседы в школе", _in_person, "parents:talk"),
    "lesson": DeedKind("Посещения уроков родителями", _lessons_seen, "bringing:page"),
    "asked": DeedKind("Обращения родителей", _begun_by_parents, "parents:talk"),
}

# Which deeds are the mark of which duty.
COMPUTED: dict[str, tuple[str, ...]] = {
    "T1": ("diagnostic",), "T3": ("even",), "T5": ("control", "work"), "T6": ("term", "consult"),
    "T7": ("told", "marks"), "C1": ("cause", "talk", "referral"), "C2": ("ground",),
    "C3": ("absence", "missed", "truancy"), "C4": ("parents", "event"), "C5": ("complaint",), "C7": ("petition",),
    "P1": ("came", "person"), "P4": ("lesson",), "P5": ("asked",), "A1": ("council", "small"), "A2": ("visit",),
    "A4": ("monthly",), "A5": ("pupils",), "SP1": ("plan",), "SP2": ("brought",), "D1": ("list",),
    "D2": ("first",), "D3": ("subject", "route"), "D4": ("visit",), "D5": ("ppk",), "D7": ("closing",),
    "D8": ("closing",), "D9": ("pupils",), "G1": ("brief",),
    "G2": ("director",), "G3": ("group",), "G4": ("council",), "G5": ("review",),
}  # fmt: skip


def offer_deed(duty: str, name: str, kind: DeedKind) -> None:
    """Called by a floor above whose deeds are the mark of a duty; the same again changes nothing."""
    KINDS[name] = kind
    if name not in COMPUTED.get(duty, ()):
        COMPUTED[duty] = (*COMPUTED.get(duty, ()), name)
