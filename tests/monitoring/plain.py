"""The indicators counted apart: plain loops over plain rows, which share nothing with the computations."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from consultations.models import ServiceSchedule, SittingPerson
from gradebook.models import AssessmentResult, Mark
from iom.models import (
    Achievement,
    CourseSeat,
    ExtraAttendance,
    MentoringPair,
    MetaResult,
    PartnerAgreement,
    Program,
    PupilTalk,
    Route,
    RouteAgreement,
    RoutePart,
    WorkEntry,
    WorkEntryPupil,
)
from parents.models import Conversation, EventMark, ParentEvent
from risk_registry.models import EntryCause, PupilCategory, RegistryEntry, RegistryStep
from roadmaps.models import Occurrence
from school.models import (
    Guardianship,
    Period,
    Responsibility,
    SocialFact,
    SocialRecord,
    Staff,
    StaffPosition,
    TeachingAssignment,
)
from teaching.models import CommunityMember, Practice, Training

Pair = tuple[int, int | None]


class Plain:
    """One period, by the classification, in which the school's day is inside or later."""

    def __init__(self, period: Period, day: date) -> None:
        self.period, self.day, self.year, self.school = period, day, period.year, period.year.school
        self.category = {
            row.pupil_id: row.category for row in PupilCategory.objects.all() if row.period_id == period.pk
        }
        self.all = set(self.category)
        self.failing = {pupil for pupil, word in self.category.items() if word == "failing"}
        self.weak = self.failing | {pupil for pupil, word in self.category.items() if word == "weak"}
        self.risk = self.weak | {pupil for pupil, word in self.category.items() if word == "reserve"}

    def _in(self, day: date | None) -> bool:
        return day is not None and self.period.starts <= day <= self.day

    def _of_year(self, day: date | None) -> bool:
        return day is not None and self.year.starts <= day <= self.day

    def _now(self, row: Any, starts: str = "starts", ends: str = "ends") -> bool:
        first, last = getattr(row, starts), getattr(row, ends)
        return (first is None or first <= self.day) and (last is None or last >= self.day)

    def _share(self, of: set[int], having: Iterable[int | None]) -> Pair:
        return len(of & {one for one in having if one is not None}), len(of)

    def routes(self, good: Callable[[Route], bool]) -> list[int | None]:
        return [
            row.pupil_id
            for row in Route.objects.all()
            if row.pupil_id is not None and row.state != "undone" and row.begins <= self.day and good(row)
            and row.year_id == self.year.pk
        ]  # fmt: skip

    def attending(self) -> list[int | None]:
        came = [
            row.pupil_id
            for row in ExtraAttendance.objects.select_related("session")
            if row.came and row.session.state == "held" and self._in(row.session.on)
        ]
        worked = [
            row.pupil_id
            for row in WorkEntryPupil.objects.select_related("entry")
            if self._in(row.entry.on) and row.entry.form in ("after", "consult", "extra")
            and row.entry.withdrawn_at is None and not hasattr(row.entry, "extra_session")
        ]  # fmt: skip
        return [*came, *worked]

    def seats(self) -> list[int | None]:
        rows = CourseSeat.objects.select_related("program")
        return [
            row.pupil_id for row in rows if row.removed_at is None and row.program.kind == "extra" and self._now(row)
        ]

    def won(self) -> list[int | None]:
        return [row.pupil_id for row in Achievement.objects.all() if row.removed_at is None and self._of_year(row.on)]

    def pairs(self) -> list[MentoringPair]:
        return [
            row
            for row in MentoringPair.objects.all()
            if row.started_on is not None and row.started_on <= self.day <= row.ends
            and (row.ended_on is None or row.ended_on > self.day)
        ]  # fmt: skip

    def pedagogues(self) -> set[int]:
        held = {row.staff_id for row in StaffPosition.objects.all()
                if row.position not in ("director", "deputy_director_uvr") and self._now(row)}  # fmt: skip
        held |= {row.staff_id for row in TeachingAssignment.objects.all() if self._now(row)}
        return {
            one.pk for one in Staff.objects.all() if one.pk in held and (not one.left_on or one.left_on >= self.day)
        }

    def taking_part(self, enough: int = 1) -> set[int | None]:
        running = [
            row for row in Route.objects.all()
            if row.kind != "teacher" and row.number and row.state != "undone" and row.begins <= self.day
            and row.ends >= self.period.starts and (not row.finished_on or row.finished_on >= self.period.starts)
        ]  # fmt: skip
        keys = {row.pk for row in running}
        on_routes = {(row.pk, row.tutor_id) for row in running}
        on_routes |= {(row.route_id, row.teacher_id) for row in RoutePart.objects.all() if row.route_id in keys}
        found = Counter(staff for _, staff in on_routes)
        for model in (WorkEntry, PupilTalk, Conversation):
            rows: Any = model.objects.select_related("by")
            found.update(row.by.staff_id for row in rows if self._in(row.on) and row.withdrawn_at is None)
        for pair in self.pairs():
            found.update({pair.mentor_id, pair.curator_id})
        for person in SittingPerson.objects.select_related("sitting"):
            if person.present and self._in(person.sitting.on) and person.sitting.state in ("held", "signed"):
                found[person.staff_id] += 1
        return {staff for staff, number in found.items() if number >= enough}

    def trained(self) -> set[int]:
        return {
            row.staff_id for row in Training.objects.all()
            if row.removed_at is None and row.state == "confirmed" and row.ends and row.ends <= self.day
            and {"weak", "needs"} & set(row.topics)
        }  # fmt: skip

    def parents(self) -> Pair:
        here = set(self.all)
        mine = {row.guardian_id for row in Guardianship.objects.all() if row.pupil_id in here}
        came = [row for row in EventMark.objects.select_related("event") if row.came]
        held = [row for row in came if row.event.state == "held" and row.event.prevention]
        done = {row.guardian_id for row in held if self._in(row.event.on)}
        done |= {row.guardian_id for row in Conversation.objects.all() if not row.withdrawn_at and self._in(row.on)}
        said = [row for row in RouteAgreement.objects.select_related("route") if row.side == "parents" and row.agreed]
        done |= {row.guardian_id for row in said if self._in(row.on) and row.route.kind != "needs"}
        return self._share({one for one in mine if one}, done)

    def differing(self) -> Pair:
        outside: dict[int, list[int]] = {}
        subjects: dict[int, set[int]] = {}
        for row in AssessmentResult.objects.select_related("procedure"):
            own = row.procedure.kind in ("admin", "diagnostic", "control")
            if row.mark is not None and not own and self._of_year(row.procedure.date) and row.pupil_id in self.all:
                outside.setdefault(row.pupil_id, []).append(row.mark)
                subjects.setdefault(row.pupil_id, set()).add(row.procedure.subject_id)
        apart, of = 0, 0
        for pupil, marks in outside.items():
            rows = [m for m in Mark.objects.filter(pupil=pupil)
                    if m.subject_id in subjects[pupil] and self._of_year(m.date)]  # fmt: skip
            weights = [float(m.weight) if m.weight is not None else 1.0 for m in rows]
            if rows:
                mean = sum(m.value * w for m, w in zip(rows, weights, strict=True)) / sum(weights)
                of += 1
                apart += abs(sum(marks) / len(marks) - mean) >= 1 - 1e-9
        return apart, of

    def programs(self) -> list[Program]:
        return [one for one in Program.objects.select_related("subject")
                if one.removed_at is None and not one.where and self._now(one)]  # fmt: skip

    def approved(self, one: Program) -> bool:
        return one.approved_on is not None and one.approved_on <= self.day

    def held(self) -> list[Occurrence]:
        rows = Occurrence.objects.select_related("activity")
        return [row for row in rows if row.state == "held" and self._of_year(row.held_on)]

    def answers(self) -> dict[str, Pair]:
        """Numerator and denominator of every computed code that this file counts."""
        fine = self.routes(lambda row: row.number > 0)
        agreed = self.routes(lambda row: row.number > 0 or row.state in ("parents", "agreed"))
        tutors = [r.pupil_id for r in Responsibility.objects.all() if r.kind == "tutor" and self._now(r)]
        meta = [r.pupil_id for r in MetaResult.objects.all() if not r.removed_at and self._of_year(r.on)]
        entries = {e.pk for e in RegistryEntry.objects.all()
                   if e.period_id == self.period.pk and e.state not in ("removed", "withdrawn")}  # fmt: skip
        causes = [c.pupil_id for c in EntryCause.objects.all() if c.entry_id in entries and not c.withdrawn_at]
        mentored = [pair.pupil_id for pair in self.pairs() if pair.program]
        people, programs = self.pedagogues(), self.programs()
        courses = [one for one in programs if one.kind == "vud"]
        five = ("Русский язык", "Математика", "Алгебра", "Геометрия", "История", "Обществознание", "Физика")
        members = {m.staff_id for m in CommunityMember.objects.select_related("community")
                   if not m.removed_at and self._now(m) and not m.community.removed_at
                   and m.community.state == "confirmed" and self._now(m.community)}  # fmt: skip
        authors = {key for p in Practice.objects.all() if not p.removed_at and p.state == "confirmed"
                   and localdate(p.at) <= self.day
                   for key in (p.staff_id, p.coauthor_id)}  # fmt: skip
        social = [f for f in SocialFact.objects.all() if f.void_at is None and self._now(f)]
        stated = list(SocialRecord.objects.all())
        events = [e for e in ParentEvent.objects.all() if e.state == "held" and e.prevention and self._of_year(e.on)]
        steps = {s.entry_id for s in RegistryStep.objects.all() if s.deed == "approve"}
        standing = RegistryEntry.objects.exclude(state__in=("removed", "withdrawn")).select_related("period")
        kept = [e for e in standing if e.period.year_id == self.year.pk and e.pk in steps]
        pairs, held = self.pairs(), self.held()
        return {
            "G01": (len(self.weak), len(self.all)),
            "P01": self._share(people, self.trained()),
            "P02": self._share(people, members),
            "P03": self._share(people, self.taking_part()),
            "P04": self._share(people, authors),
            "P09": self._share(self.weak, tutors),
            "P10": self._share(self.weak, fine),
            "P11": self.differing(),
            "P12": self._share(self.weak, self.attending()),
            "P13": self._share(self.weak, self.seats()),
            "P14": (sum(one.network for one in programs), len(programs)),
            "P15": (sum(one.form == "tp" for one in pairs), None),
            "P16": (sum(one.form == "pp" for one in pairs), None),
            "P17": (sum(not a.removed_at and self._now(a) for a in PartnerAgreement.objects.all()), None),
            "P18": (int(bool(kept)), None),
            "P19": (sum(self.approved(c) and c.subject is not None and c.subject.name in five for c in courses),
                    len(courses)),
            "P20": (sum(one.kind == "extra" and one.literacy and self.approved(one) for one in programs), None),
            "P23": self.parents(),
            "P27": (len(events), None),
            "P30": (sum(row.activity.with_point for row in held), len(held)),
            "P32": (sum(row.activity.with_specialists for row in held), len(held)),
            "S1": self._share(self.risk, causes),
            "S2": self._share(self.risk, fine),
            "S3": self._share(self.risk, mentored),
            "S4": self._share(self.all, [*self.won(), *meta]),
            "S5": (int(any(s.on <= self.day for s in ServiceSchedule.objects.all())), None),
            "S6": self._share(self.risk, self.seats()),
            "S7": self._share(self.risk, self.won()),
            "R01": (len(self.weak), len(self.all)),
            "R02": self._share(self.weak, agreed),
            "R03": self._share(self.all, [*(f.pupil_id for f in social if f.group == "ovz"),
                                          *(s.pupil_id for s in stated if s.special_needs)]),
            "R04": self._share(self.all, [*(f.pupil_id for f in social if f.group == "non_native_ru"),
                                          *(s.pupil_id for s in stated if s.non_native_russian)]),
            "R06": self._share(self.failing, self.attending()),
        }  # fmt: skip
