"""Short ways to records, for tests."""

from datetime import date
from typing import Any

from school.models import Staff, User
from teaching.models import Community, LessonVisit, Practice, Training
from teaching.services.communities import CommunityDraft, community_add
from teaching.services.practices import PracticeDraft, practice_add
from teaching.services.records import record_confirm
from teaching.services.trainings import TrainingDraft, training_add
from teaching.services.visits import Seen, visit_record
from teaching.words import CommunityKind, Technology, Topic, TrainingKind, WeakWork

BEGAN, OVER = date(2026, 10, 5), date(2026, 10, 23)
PDF = b"%PDF-1.4 x %%EOF"


def staff_of(user: User) -> Staff:
    assert user.staff is not None
    return user.staff


def trained(by: User, title: str = "Как помочь отстающим", **told: Any) -> Training:
    known: dict[str, Any] = {"kind": TrainingKind.FORMAL, "starts": BEGAN, "ends": OVER, "topics": [Topic.WEAK]}
    return training_add(by=by, staff=staff_of(by), draft=TrainingDraft(title=title, **(known | told)))


def gathered(by: User, *members: User, title: str = "Урок вместе", **told: Any) -> Community:
    known: dict[str, Any] = {"kind": CommunityKind.LESSON_STUDY, "starts": BEGAN}
    people = [staff_of(one) for one in members]
    return community_add(by=by, staff=staff_of(by), draft=CommunityDraft(title=title, members=people, **(known | told)))


def shared(by: User, title: str = "Карточки-подсказки", **told: Any) -> Practice:
    known: dict[str, Any] = {"about": "Ученик сам берёт подсказку.", "topics": [Topic.WEAK], "tags": ["дроби"]}
    return practice_add(by=by, staff=staff_of(by), draft=PracticeDraft(title, **(known | told)))


def visited(by: User, whose: User, *seen: Technology, weak: WeakWork | None = None, on: date = OVER) -> LessonVisit:
    told = Seen(on, technologies=seen, weak=weak, text="спокойный урок")
    return visit_record(by=by, staff=staff_of(whose), visitor=staff_of(by), seen=told)


def confirmed(by: User, *rows: Any) -> None:
    for row in rows:
        record_confirm(by=by, row=row, version=row.version)
