"""Makes the demo school: the same one for the same seed."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from common.errors import Refused
from demo import cast, curriculum
from demo.confiding import confide
from demo.councils import councils
from demo.debts import owe
from demo.decisions import begin, classify, decide, remember_visit
from demo.duties import share_duties
from demo.extra import teach_extra
from demo.families import know_families
from demo.governance import govern
from demo.journals import write_journals
from demo.measures import measure
from demo.meetings import receive
from demo.neighbours import settle
from demo.parent_events import invite_parents
from demo.parent_surveys import ask_people
from demo.parents import tell_parents
from demo.people import ClassDraft, PupilDraft, TeacherDraft, draft_classes, draft_staff
from demo.plans import plan_the_year
from demo.programs import promise
from demo.reports import compile_documents
from demo.routes import guide
from demo.service_papers import write_service_papers
from demo.social import fill
from demo.support import support
from demo.talks import talk
from demo.teaching import grow
from demo.warning import explain_absences, look_into_works
from demo.works import plan_works, write_earlier_works, write_works
from demo.writing import write_facts
from monitoring.services_aggregates import aggregates_refresh
from school.models import (
    AcademicYear,
    Enrolment,
    Guardian,
    Guardianship,
    Holiday,
    Municipality,
    Pupil,
    Responsibility,
    School,
    SchoolClass,
    SocialRecord,
    Staff,
    StaffPosition,
    Subject,
    TeachingAssignment,
    User,
)
from school.roles import ResponsibilityKind
from school.rules import period_system_of
from school.services.organisation import school_create

Progress = Callable[[str], None]
# A school that is drawn smaller, to try something out, has no past.
WHOLE_SCHOOL = 300


@dataclass(frozen=True)
class Plan:
    """How large a demo, and through which day its marks run."""

    schools: int = 1
    pupils: int = 600
    seed: int = 4
    whole_year: bool = False

    @property
    def today(self) -> date:
        """The demo's day: the cast's, or the year's last lesson."""
        return curriculum.LAST_LESSON if self.whole_year else cast.TODAY


def demo_load(plan: Plan, tell: Progress = lambda text: None) -> list[School]:
    """Create the demo's schools. Raises `Refused` when they are already there."""
    if School.objects.filter(code=cast.CODE).exists():
        raise Refused("Учебная школа уже загружена.")
    schools = []
    for number in range(plan.schools):
        with transaction.atomic():
            school = school_load(plan, number, tell)
            classify(school)
            schools.append(school)
    _create_coordinator()
    with transaction.atomic():
        decide(schools[0])
        fill(schools[0])
        remember_visit(schools[0])
        explain_absences(schools[0])
        if plan.pupils >= WHOLE_SCHOOL:
            write_earlier_works(schools[0])
        plan_works(schools[0])
        look_into_works(schools[0])
        talk(schools[0])
        owe(schools[0])
        guide(schools[0])
        write_journals(schools[0])
        teach_extra(schools[0])
        receive(schools[0])
        write_service_papers(schools[0])
        support(schools[0])
        councils(schools[0])
        tell_parents(schools[0])
        invite_parents(schools[0])
        know_families(schools[0])
        ask_people(schools[0])
        grow(schools[0])
        plan_the_year(schools[0])
        govern(schools[0])
        promise(schools[0])
        share_duties(schools[0])
        measure(schools[0])
        compile_documents(schools[0])
        confide(schools[0])
        if plan.pupils >= WHOLE_SCHOOL:
            begin(schools[0])
    for number, school in enumerate(schools[1:], start=1):
        with transaction.atomic():
            settle(school, number)
    aggregates_refresh()
    return schools


def school_load(plan: Plan, number: int, tell: Progress = lambda text: None) -> School:
    """One school of a plan; the first (number 0) has the cast, the others are drawn whole."""
    rng = random.Random(plan.seed * 1000 + number)  # noqa: S311 — play data, not secrets
    taken: set[str] = {f"{s.who.last} {s.who.first} {s.who.middle}" for s in cast.STORIES}
    with_cast = number == 0
    classes = draft_classes(rng, plan.pupils, with_cast=with_cast, taken=taken)
    staff = draft_staff(rng, classes, with_cast=with_cast, taken=taken)
    school = _create_school(number, plan.today)
    tell(f"{school.name}: {sum(len(c.pupils) for c in classes)} обучающихся")
    year = school.years.get()
    made = _People(school, year)
    made.write_staff(staff)
    made.write_classes(classes, staff)
    made.write_pupils(classes)
    made.write_assignments(staff)
    if with_cast:
        made.write_stories(classes)
        _create_administrator(school)
    write_facts(rng, year, classes, made.classes, made.pupils, plan.today, whole_year=plan.whole_year)
    if with_cast:
        write_works(year)
    return school


def _create_school(number: int, today: date) -> School:
    school = school_create(
        by=None,
        code=cast.CODE if number == 0 else f"{cast.CODE}-{number + 1}",
        name=f"Школа № {4 + number}, Ясногорье",
        start=cast.START,
        periods="quarters",
        municipality=cast.MUNICIPALITY,
    )
    school.full_name = (
        f"Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № {4 + number}» "
        "пос. Ясногорье"
    )
    school.founder = "Управление образования Ясногорского округа"
    school.locality = "пос. Ясногорье"
    school.demo_today = today
    school.save()
    year = school.years.get()
    Holiday.objects.bulk_create(Holiday(year=year, name=n, starts=a, ends=b) for n, a, b in curriculum.HOLIDAYS)
    return school


class _People:
    """Rows of one school's people as they are written, by draft."""

    def __init__(self, school: School, year: AcademicYear) -> None:
        self.school, self.year = school, year
        self.staff: dict[int, Staff] = {}
        self.classes: dict[str, SchoolClass] = {}
        self.pupils: dict[int, Pupil] = {}
        names = sorted({s for grade in range(2, 12) for s in curriculum.subjects_of(grade)})
        self.subjects = {
            s.name: s
            for s in Subject.objects.bulk_create(
                Subject(
                    school=school,
                    name=name,
                    short_name=curriculum.SHORT.get(name, ""),
                    group=curriculum.GROUPS.get(name, ""),
                )
                for name in names
            )
        }

    def write_staff(self, drafts: list[TeacherDraft]) -> None:
        rows = Staff.objects.bulk_create(
            Staff(school=self.school, last_name=d.who.last, first_name=d.who.first, middle_name=d.who.middle)
            for d in drafts
        )
        self.staff = {id(d): row for d, row in zip(drafts, rows, strict=True)}
        StaffPosition.objects.bulk_create(
            StaffPosition(staff=self.staff[id(d)], position=p, starts=date(2020, 9, 1))
            for d in drafts
            for p in d.positions
        )
        password = make_password(cast.PASSWORD)
        User.objects.bulk_create(
            User(username=d.colleague.login, password=password, school=self.school, staff=self.staff[id(d)])
            for d in drafts
            if d.colleague is not None and d.colleague.login
        )

    def write_classes(self, drafts: list[ClassDraft], staff: list[TeacherDraft]) -> None:
        leaders = {d.leads: self.staff[id(d)] for d in staff if d.leads}
        rows = SchoolClass.objects.bulk_create(
            SchoolClass(
                school=self.school,
                year=self.year,
                grade=d.grade,
                letter=d.letter,
                period_system=period_system_of(d.grade, self.year.main_system, self.year.upper_system),
                class_teacher=leaders.get(d.name),
            )
            for d in drafts
        )
        self.classes = {d.name: row for d, row in zip(drafts, rows, strict=True)}

    def write_pupils(self, drafts: list[ClassDraft]) -> None:
        pupils = [(c, p) for c in drafts for p in c.pupils]
        rows = Pupil.objects.bulk_create((_pupil_row(self.school, p) for _, p in pupils), batch_size=1000)
        self.pupils = {id(p): row for (_, p), row in zip(pupils, rows, strict=True)}
        Enrolment.objects.bulk_create((e for c, p in pupils for e in self._enrolments(c, p)), batch_size=1000)
        self._write_guardians([p for _, p in pupils])

    def _enrolments(self, draft: ClassDraft, pupil: PupilDraft) -> list[Enrolment]:
        row, here = self.pupils[id(pupil)], self.classes[draft.name]
        story = pupil.story
        if story is None or story.moved_on is None:
            return [Enrolment(pupil=row, school_class=here, starts=self.year.starts)]
        day_before = date.fromordinal(story.moved_on.toordinal() - 1)
        before = Enrolment(
            pupil=row, school_class=self.classes[story.moved_from], starts=self.year.starts, ends=day_before
        )
        moved = Enrolment(pupil=row, school_class=here, starts=story.moved_on, reason="по заявлению родителей")
        return [before, moved]

    def _write_guardians(self, pupils: list[PupilDraft]) -> None:
        drafts = [(p, parent) for p in pupils for parent in p.parents]
        rows = Guardian.objects.bulk_create(
            (
                Guardian(
                    school=self.school,
                    last_name=g.last,
                    first_name=g.first,
                    middle_name=g.middle,
                    phone=f"+7 900 {n // 10000:03d}-{n // 100 % 100:02d}-{n % 100:02d}",
                )
                for n, (_, g) in enumerate(drafts, 1)
            ),
            batch_size=1000,
        )
        Guardianship.objects.bulk_create(
            (
                Guardianship(guardian=row, pupil=self.pupils[id(p)], relation=_relation(p, g.sex))
                for row, (p, g) in zip(rows, drafts, strict=True)
            ),
            batch_size=1000,
        )

    def write_assignments(self, staff: list[TeacherDraft]) -> None:
        TeachingAssignment.objects.bulk_create(
            TeachingAssignment(
                staff=self.staff[id(d)],
                subject=self.subjects[subject],
                school_class=self.classes[name],
                weekly_hours=curriculum.subjects_of(self.classes[name].grade)[subject],
            )
            for d in staff
            for subject, name in d.teaches
        )

    def write_stories(self, drafts: list[ClassDraft]) -> None:
        told = [p for c in drafts for p in c.pupils if p.story is not None]
        helpers = {s.login: User.objects.get(username=s.login).staff for s in cast.STAFF if s.login}
        rows = [
            (helpers[login], self.pupils[id(p)], kind)
            for p in told
            if p.story is not None
            for login, kind, holds in (
                ("tutor", ResponsibilityKind.TUTOR, p.story.tutor),
                ("nastavnik", ResponsibilityKind.MENTOR, p.story.mentor),
                ("logoped", ResponsibilityKind.SPEECH_THERAPIST, p.story.speech_therapist),
            )
            if holds
        ]
        Responsibility.objects.bulk_create(
            Responsibility(person=person, pupil=pupil, kind=kind, starts=self.year.starts)
            for person, pupil, kind in rows
            if person is not None
        )
        SocialRecord.objects.bulk_create(
            SocialRecord(pupil=self.pupils[id(p)], special_needs=p.story.speech_therapist)
            for p in told
            if p.story is not None and p.story.speech_therapist
        )


def _pupil_row(school: School, draft: PupilDraft) -> Pupil:
    return Pupil(
        school=school,
        external_id=draft.external_id,
        last_name=draft.who.last,
        first_name=draft.who.first,
        middle_name=draft.who.middle,
        sex=draft.who.sex,
        birth_date=draft.birth,
    )


def _relation(pupil: PupilDraft, sex: str) -> str:
    if pupil.story is not None and pupil.story.orphan:
        return Guardianship.Relation.GUARDIAN
    return Guardianship.Relation.MOTHER if sex == "f" else Guardianship.Relation.FATHER


def _create_administrator(school: School) -> None:
    User.objects.create_user("admin", cast.PASSWORD, school=school, is_administrator=True)


def _create_coordinator() -> None:
    municipality = Municipality.objects.get(name=cast.MUNICIPALITY)
    User.objects.create_user("municipal", cast.PASSWORD, municipality=municipality)
