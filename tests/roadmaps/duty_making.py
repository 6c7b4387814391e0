"""A deed of each kind that is a done-mark, and how it is taken back: rows as the services below leave them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from consultations.councils import CouncilKind, PetitionState, Reason, SittingState
from consultations.models import (
    Council,
    MeetingNotice,
    NoticeAnswer,
    Petition,
    Referral,
    Sitting,
    SupportPlan,
)
from consultations.models import (
    LessonVisit as ParentVisit,
)
from consultations.talk_words import PlanState, ReferralState
from gradebook.models import AbsenceGround, Mark, Procedure
from iom.models import Gap, GapControl, Route, RoutePart, RouteVersion, WorkEntry
from iom.models.talks import PupilTalk
from iom.words import GapState, RouteState
from monitoring.models import Report
from parents.event_words import EventState
from parents.models import Conversation, EventMark, Notice, ParentEvent
from parents.words import NoticeState
from risk_registry.categories import EntryState, SignalRule, SignalState
from risk_registry.interviews import ComplaintState, InterviewKind, InterviewState
from risk_registry.models import (
    EntryCause,
    HomeworkComplaint,
    Interview,
    RegistryEntry,
    RegistryStep,
    Signal,
    SignalResponse,
)
from roadmaps.models import StaffQuestion, StaffSitting
from roadmaps.sitting_words import SittingKind, Topic
from roadmaps.sitting_words import SittingState as StaffState
from school.models import (
    START,
    AcademicYear,
    Guardian,
    Period,
    Pupil,
    School,
    SchoolClass,
    Staff,
    TeachingAssignment,
    User,
)
from school.roles import Position
from teaching.models import LessonVisit
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

DAY = date(2026, 11, 20)
Undo = Callable[[], object]


@dataclass
class Cast:
    """A school with one person of each kind that deeds name."""

    school: School
    year: AcademicYear
    seventh: SchoolClass
    pupil: Pupil
    teacher: User
    deputy: User

    @property
    def staff(self) -> Staff:
        """The class teacher of 7А, who also teaches algebra there."""
        assert self.teacher.staff is not None
        return self.teacher.staff

    @property
    def moment(self) -> Any:
        """Now, by the school's clock."""
        return self.school.now()

    @property
    def period(self) -> Period:
        """The second quarter: under way."""
        return self.year.periods.get(system=self.year.main_system, number=2)

    @property
    def head(self) -> dict[str, Any]:
        """What most rows begin with."""
        return {"school": self.school, "year": self.year}

    @property
    def signed(self) -> dict[str, Any]:
        """Who wrote it and when."""
        return {"by": self.teacher, "at": self.moment}


def make_cast() -> Cast:
    """7А with one pupil; the day is 21 November."""
    school = make_school()
    staff = make_staff(school, "Тихонова Анна Петровна", Position.TEACHER, login="teacher")
    deputy = make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy")
    seventh = make_class(school, "7А", teacher=staff)
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич")
    TeachingAssignment.objects.create(staff=staff, subject=make_subject(school, "Алгебра"), school_class=seventh)
    users = [User.objects.get(staff=one) for one in (staff, deputy)]
    return Cast(school, school.years.get(), seventh, pupil, users[0], users[1])


def _set(row: Any, **told: Any) -> Undo:
    return lambda: type(row).objects.filter(pk=row.pk).update(**told)


def _withdrawn(row: Any) -> Undo:
    return _set(row, withdrawn_at="2026-11-21T10:00:00Z", withdrawn_why="ошибка")


def diagnostic(cast: Cast) -> Undo:
    row = Procedure.objects.create(
        **cast.head, title="Диагностика", kind="diagnostic", grade=7, subject=make_subject(cast.school, "Алгебра"),
        date=date(2026, 9, 10), state="held",
    )  # fmt: skip
    return _set(row, state="cancelled", cancelled_why="карантин")


def even(cast: Cast) -> Undo:
    """The deed is that nobody lacks marks: a signal takes the mark away."""
    cast.school.demo_today = date(2026, 12, 20)
    cast.school.save()
    algebra = make_subject(cast.school, "Алгебра")
    Mark.objects.create(**cast.head, pupil=cast.pupil, subject=algebra, date=DAY, value=4)
    signal = {"period": cast.period, "rule": SignalRule.FEW_MARKS, "school_class": cast.seventh, "subject": algebra}
    told = {"school": cast.school, "pupil": cast.pupil, "since": DAY, "opened_at": cast.moment}
    return lambda: Signal.objects.create(**signal, **told)


def work(cast: Cast, form: str = "after") -> Undo:
    return _withdrawn(WorkEntry.objects.create(**cast.head, on=DAY, form=form, topic="Дроби", **cast.signed))


def consult(cast: Cast) -> Undo:
    return work(cast, "consult")


def _gap(cast: Cast) -> Gap:
    days = {"begins": date(2026, 11, 1), "ends": date(2026, 12, 25)}
    moments = {"created_at": cast.moment, "changed_at": cast.moment}
    route = Route.objects.create(**cast.head, kind="failing", pupil=cast.pupil, **days, **moments)
    algebra = make_subject(cast.school, "Алгебра")
    part = RoutePart.objects.create(route=route, pupil=cast.pupil, subject=algebra, teacher=cast.staff)
    return Gap.objects.create(
        school=cast.school, pupil=cast.pupil, route=route, part=part, topic="Дроби", found="control",
        target=Decimal(3), due=date(2026, 12, 10), created_at=cast.moment,
    )  # fmt: skip


def control(cast: Cast) -> Undo:
    gap = _gap(cast)
    done = GapControl.objects.create(gap=gap, pupil=cast.pupil, on=DAY, result=4, reached=True, **cast.signed)
    _set(gap, state=GapState.CLOSED, closed_by=done)()
    return _set(gap, state=GapState.OPEN, closed_by=None)


def term(cast: Cast) -> Undo:
    return _set(_gap(cast), state=GapState.DROPPED, dropped_why="не пробел")


def route(cast: Cast) -> Undo:
    row = _gap(cast).route
    paper = {"paper": "order", "paper_number": "12", "paper_date": DAY}
    RouteVersion.objects.create(route=row, pupil=cast.pupil, number=1, content={}, **paper, **cast.signed)
    return _set(row, state=RouteState.WITHDRAWN)


def _conversation(cast: Cast, **told: Any) -> Conversation:
    base = {"on": DAY, "channel": "phone", "occasion": "учёба", "who": "бабушка"}
    return Conversation.objects.create(**cast.head, pupil=cast.pupil, **(base | told), **cast.signed)


def _answer(cast: Cast, rule: SignalRule) -> Undo:
    row = _conversation(cast)
    signal = Signal.objects.create(
        school=cast.school, period=cast.period, pupil=cast.pupil, school_class=cast.seventh, rule=rule, since=DAY,
        opened_at=cast.moment, state=SignalState.ACTED,
    )  # fmt: skip
    SignalResponse.objects.create(
        signal=signal, kind="parents", by=cast.teacher, on=DAY, reference=f"conversation:{row.pk}"
    )
    return _withdrawn(row)


def told(cast: Cast) -> Undo:
    return _answer(cast, SignalRule.THREE_UNSATISFACTORY)


def absence(cast: Cast) -> Undo:
    return _answer(cast, SignalRule.ABSENCES)


def marks(cast: Cast, kind: str = "marks") -> Undo:
    row = Notice.objects.create(**cast.head, pupil=cast.pupil, kind=kind, number=1, on=DAY, body={}, **cast.signed)
    return _set(row, state=NoticeState.WITHDRAWN)


def missed(cast: Cast) -> Undo:
    return marks(cast, "absences")


def _entry(cast: Cast, period: Period, state: str) -> RegistryEntry:
    moments = {"created_at": cast.moment, "changed_at": cast.moment}
    return RegistryEntry.objects.create(
        school=cast.school, period=period, pupil=cast.pupil, school_class=cast.seventh, category="failing",
        state=state, **moments,
    )  # fmt: skip


def cause(cast: Cast) -> Undo:
    entry = _entry(cast, cast.period, EntryState.AGREED)
    base = {"school": cast.school, "pupil": cast.pupil, "entry": entry, "on": DAY}
    row = EntryCause.objects.create(**base, code="CT01", how="talk", **cast.signed)
    return _set(row, withdrawn_at=cast.moment, withdrawn_by=cast.teacher)


def first_list(cast: Cast) -> Undo:
    entry = _entry(cast, cast.year.periods.get(system=START), EntryState.APPROVED)
    base = {"deed": "approve", "category": "failing", "from_state": "agreed", "to_state": "approved"}
    RegistryStep.objects.create(entry=entry, version=2, **base, **cast.signed)
    return _set(entry, state=EntryState.AGREED)


def talk(cast: Cast) -> Undo:
    return _withdrawn(PupilTalk.objects.create(**cast.head, pupil=cast.pupil, on=DAY, occasion="учёба", **cast.signed))


def referral(cast: Cast) -> Undo:
    base = {"to_kind": "psychologist", "knows": "yes", "text": "Замкнут"}
    row = Referral.objects.create(**cast.head, pupil=cast.pupil, **base, **cast.signed)
    return _set(row, state=ReferralState.WITHDRAWN)


def ground(cast: Cast) -> Undo:
    row = AbsenceGround.objects.create(**cast.head, pupil=cast.pupil, kind="note", starts=DAY, ends=DAY, **cast.signed)
    return _set(row, withdrawn_at=cast.moment, withdrawn_by=cast.teacher, withdrawn_why="ошибка")


def petition(cast: Cast, reason: Reason = Reason.LEARNING) -> Undo:
    base = {"kind": CouncilKind.SMALL, "initiator": "class", "reason": reason, "on": DAY}
    row = Petition.objects.create(**cast.head, pupil=cast.pupil, **base, **cast.signed)
    return _set(row, state=PetitionState.WITHDRAWN)


def truancy(cast: Cast) -> Undo:
    return petition(cast, Reason.ABSENCES)


def parents(cast: Cast) -> Undo:
    return _withdrawn(_conversation(cast))


def person(cast: Cast) -> Undo:
    return _withdrawn(_conversation(cast, channel="meeting"))


def asked(cast: Cast) -> Undo:
    return _withdrawn(_conversation(cast, begun_by="parent"))


def _event(cast: Cast) -> ParentEvent:
    base = {"kind": "meeting", "title": "Как помочь", "on": DAY, "leader": cast.staff, "state": EventState.HELD}
    return ParentEvent.objects.create(**cast.head, **base, **cast.signed)


def event(cast: Cast) -> Undo:
    return _set(_event(cast), state=EventState.PLANNED)


def came(cast: Cast) -> Undo:
    row = EventMark.objects.create(event=_event(cast), pupil=cast.pupil, guardian=_mother(cast), **cast.signed)
    return row.delete


def _mother(cast: Cast) -> Guardian:
    return Guardian.objects.create(school=cast.school, last_name="Ковтун", first_name="Анна")


def complaint(cast: Cast) -> Undo:
    base = {"school_class": cast.seventh, "came_on": DAY, "who": "parent", "channel": "talk", "text": "Много задают"}
    row = HomeworkComplaint.objects.create(**cast.head, **base, due=date(2026, 12, 1), **cast.signed)
    return _set(row, state=ComplaintState.WITHDRAWN)


def small(cast: Cast, kind: CouncilKind = CouncilKind.SMALL) -> Undo:
    council = Council.objects.create(**cast.head, kind=kind, created_at=cast.moment)
    row = Sitting.objects.create(
        school=cast.school, council=council, on=DAY, topic="Итоги", state=SittingState.HELD, number=1,
        created_by=cast.teacher, created_at=cast.moment,
    )  # fmt: skip
    return _set(row, state=SittingState.PLANNED, number=None)


def ppk(cast: Cast) -> Undo:
    return small(cast, CouncilKind.PPK)


def council(cast: Cast, kind: SittingKind = SittingKind.COUNCIL, topic: Topic = Topic.OTHER) -> Undo:
    base = {"kind": kind, "on": DAY, "state": StaffState.HELD, "chair": cast.staff}
    row = StaffSitting.objects.create(**cast.head, **base, **cast.signed)
    StaffQuestion.objects.create(sitting=row, place=1, title="Итоги", topic=topic)
    return _set(row, state=StaffState.CANCELLED)


def brief(cast: Cast) -> Undo:
    return council(cast, SittingKind.BRIEFING)


def director(cast: Cast) -> Undo:
    return council(cast, SittingKind.DIRECTOR)


def group(cast: Cast) -> Undo:
    return council(cast, SittingKind.GROUP)


def review(cast: Cast) -> Undo:
    return council(cast, SittingKind.DIRECTOR, Topic.REVIEW)


def visit(cast: Cast) -> Undo:
    who = {"staff": cast.deputy.staff, "visitor": cast.staff}
    row = LessonVisit.objects.create(school=cast.school, **who, on=DAY, **cast.signed)
    return _set(row, removed_at=cast.moment, removed_why="ошибка", removed_by=cast.teacher)


def _interview(cast: Cast, kind: InterviewKind, **told: Any) -> Undo:
    of = {"period": cast.period} if kind != InterviewKind.MONTHLY else {"school_class": cast.seventh}
    whom = {"pupil": cast.pupil} if kind == InterviewKind.PUPIL else {"staff": cast.staff}
    row = Interview.objects.create(
        **cast.head, kind=kind, **of, **whom, **told, held_on=DAY, state=InterviewState.HELD, leader=cast.teacher,
        at=cast.moment,
    )  # fmt: skip
    return _set(row, held_on=None, planned_on=DAY, state=InterviewState.PLANNED)


def monthly(cast: Cast) -> Undo:
    return _interview(cast, InterviewKind.MONTHLY, month=date(2026, 11, 1))


def first(cast: Cast) -> Undo:
    return _interview(cast, InterviewKind.MONTHLY, month=date(2026, 9, 1))


def pupils(cast: Cast) -> Undo:
    return _interview(cast, InterviewKind.PUPIL)


def subject(cast: Cast) -> Undo:
    return _interview(cast, InterviewKind.SUBJECT)


def closing(cast: Cast) -> Undo:
    return _interview(cast, InterviewKind.CLOSING)


def plan(cast: Cast) -> Undo:
    days = {"begins": DAY, "ends": date(2026, 12, 25)}
    base = {"pupil": cast.pupil, "responsible": cast.staff, "state": PlanState.FORCE}
    row = SupportPlan.objects.create(**cast.head, **base, **days, **cast.signed)
    return _set(row, state=PlanState.DROPPED)


def brought(cast: Cast) -> Undo:
    base = {"school": cast.school, "pupil": cast.pupil, "begins": DAY, "ends": DAY, "content": []}
    notice = MeetingNotice.objects.create(**base, **cast.signed)
    told_so = {"way": "phone", "told_on": DAY}
    row = NoticeAnswer.objects.create(notice=notice, pupil=cast.pupil, guardian=_mother(cast), **told_so, **cast.signed)
    return _set(row, way="", told_on=None, by=None, at=None)


def lesson(cast: Cast) -> Undo:
    base = {"guardian": _mother(cast), "on": DAY, "lesson": "Алгебра"}
    return ParentVisit.objects.create(school=cast.school, pupil=cast.pupil, **base, **cast.signed).delete


def annual(cast: Cast) -> Undo:
    """The note about the whole year, offered by the floor above."""
    last = cast.year.periods.filter(system=cast.year.main_system).latest("number")
    about = {"kind": "annual", "period": last, "data": {}, "digest": "", "made_at": cast.moment}
    row = Report.objects.create(
        school=cast.school, **about, state="approved", number=1, approved_on=DAY, approved_by=cast.teacher
    )
    return _set(row, state="withdrawn", grounds="ошибка")


MADE: dict[str, Callable[[Cast], Undo]] = {
    "diagnostic": diagnostic, "even": even, "work": work, "control": control, "term": term, "consult": consult,
    "told": told, "marks": marks, "cause": cause, "talk": talk, "referral": referral, "ground": ground,
    "absence": absence, "missed": missed, "truancy": truancy, "parents": parents, "event": event,
    "complaint": complaint, "petition": petition, "small": small, "visit": visit, "monthly": monthly,
    "pupils": pupils, "list": first_list, "first": first, "subject": subject, "route": route, "ppk": ppk,
    "closing": closing, "plan": plan, "brought": brought, "came": came, "person": person, "lesson": lesson,
    "asked": asked, "council": council, "brief": brief, "director": director, "group": group, "review": review,
    "annual": annual,
}  # fmt: skip
