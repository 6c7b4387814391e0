"""Drafts of the demo school before they become rows: who sits where, who teaches what. Pure and deterministic."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from demo import cast, curriculum
from demo.marks import draw_tier
from demo.names import PersonDraft, draw_parent, draw_person
from school.roles import Position

CLASS_SIZE = 27
GRADES = range(1, 12)
_LETTERS = "АБВГДЕЖИКЛМНПРСТУФЭЯ"
_TEACHER_HOURS = 26


@dataclass
class PupilDraft:
    """A pupil-to-be; `story` for those whom the cast names."""

    who: PersonDraft
    external_id: str
    birth: date
    tier: str
    parents: list[PersonDraft]
    story: cast.Story | None = None


@dataclass
class ClassDraft:
    """A class-to-be."""

    grade: int
    letter: str
    pupils: list[PupilDraft] = field(default_factory=list)

    @property
    def name(self) -> str:
        """«7А»."""
        return f"{self.grade}{self.letter}"


@dataclass
class TeacherDraft:
    """A member of staff-to-be with what they teach: (subject, class name)."""

    who: PersonDraft
    positions: tuple[str, ...]
    colleague: cast.Colleague | None = None
    subjects: tuple[str, ...] = ()
    teaches: list[tuple[str, str]] = field(default_factory=list)
    leads: str = ""
    hours: int = 0


def draft_classes(rng: random.Random, pupils: int, *, with_cast: bool, taken: set[str]) -> list[ClassDraft]:
    """About `pupils` children in grades 1–11, at least two classes a grade with the cast, one without."""
    per_grade = max(2 if with_cast else 1, round(pupils / len(GRADES) / CLASS_SIZE))
    classes = [ClassDraft(grade, _LETTERS[i]) for grade in GRADES for i in range(per_grade)]
    sizes = [pupils // len(classes) + (i < pupils % len(classes)) for i in range(len(classes))]
    for draft, size in zip(classes, sizes, strict=True):
        if with_cast:
            draft.pupils += [_from_story(rng, s) for s in cast.STORIES if s.class_name == draft.name]
        while len(draft.pupils) < size:
            draft.pupils.append(_draw_pupil(rng, draft.grade, taken))
    for number, pupil in enumerate((p for c in classes for p in c.pupils), 1):
        pupil.external_id = f"{10_000_000 + number * 10:08d}"
    return classes


def _from_story(rng: random.Random, story: cast.Story) -> PupilDraft:
    parents = [draw_parent(rng, story.who)]
    return PupilDraft(story.who, "", story.birth, story.tier, parents, story)


def _draw_pupil(rng: random.Random, grade: int, taken: set[str]) -> PupilDraft:
    who = draw_person(rng, taken)
    birth = date(cast.START - 7 - (grade - 1), 9, 1) + timedelta(days=rng.randrange(365))
    return PupilDraft(who, "", birth, draw_tier(rng), [draw_parent(rng, who)])


def draft_staff(
    rng: random.Random, classes: list[ClassDraft], *, with_cast: bool, taken: set[str]
) -> list[TeacherDraft]:
    """The cast first, then as many teachers as the timetable needs; every class gets a class teacher."""
    staff = [
        TeacherDraft(c.who, tuple(c.positions), c, c.subjects, leads=c.leads) for c in (cast.STAFF if with_cast else ())
    ]
    if not with_cast:
        staff += [
            TeacherDraft(draw_person(rng, taken), (position,)) for position in (Position.DIRECTOR, Position.DEPUTY)
        ]
    for draft in classes:
        if draft.grade <= 4:
            staff.append(_primary_teacher(rng, draft, taken))
        else:
            _give_lessons(rng, draft, staff, taken)
    _give_classes(classes, staff)
    return staff


def _primary_teacher(rng: random.Random, draft: ClassDraft, taken: set[str]) -> TeacherDraft:
    teacher = TeacherDraft(draw_person(rng, taken, "f"), (Position.TEACHER,), leads=draft.name)
    teacher.teaches = [(subject, draft.name) for subject in curriculum.subjects_of(draft.grade)]
    return teacher


def _give_lessons(rng: random.Random, draft: ClassDraft, staff: list[TeacherDraft], taken: set[str]) -> None:
    for subject, hours in curriculum.subjects_of(draft.grade).items():
        free = [t for t in staff if subject in t.subjects and t.hours + hours <= _TEACHER_HOURS]
        ours = [t for t in free if t.leads == draft.name or (subject, draft.name) in t.teaches]
        if not free:
            free = [TeacherDraft(draw_person(rng, taken), (Position.TEACHER,), subjects=(subject,))]
            staff += free
        teacher = (ours or free)[0]
        teacher.teaches.append((subject, draft.name))
        teacher.hours += hours


def _give_classes(classes: list[ClassDraft], staff: list[TeacherDraft]) -> None:
    led = {t.leads for t in staff if t.leads}
    free = [t for t in staff if not t.leads and t.teaches]
    for draft in classes:
        if draft.name in led or not free:
            continue
        own = [t for t in free if any(name == draft.name for _, name in t.teaches)]
        chosen = (own or free)[0]
        chosen.leads = draft.name
        free.remove(chosen)
