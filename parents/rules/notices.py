"""What a notice to parents tells, and whether there is anything to tell. Pure.

Source of the parts: the reference of forms («Уведомление родителям о неуспеваемости»).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from common.russian import date_long
from parents.words import NoticeKind

REPLY_IN = timedelta(days=7)  # an answer is asked by then, unless a person says otherwise
_BAD_RESULTS = ("1", "2", "н/а", "незач")


@dataclass(frozen=True)
class SubjectLine:
    """A subject with its marks of the period in order of days («2 3 2»), and the result where there is one."""

    name: str
    marks: str
    result: str = ""

    @property
    def low(self) -> bool:
        """Whether it stands below 3: an unsatisfactory result, or such a mark where there is no result yet."""
        if self.result:
            return self.result in _BAD_RESULTS
        return any(mark in ("1", "2") for mark in self.marks.split())


@dataclass(frozen=True)
class Invitation:
    """When and where the parents are awaited, and by whom."""

    on: date
    time: str = ""
    place: str = ""
    who: str = ""

    @property
    def words(self) -> str:
        """«Приглашаем вас 30 ноября 2026 г., в 17:30, каб. 12»."""
        at = f"в {self.time}" if self.time[:1].isdigit() else self.time
        return ", ".join(part for part in (f"Приглашаем вас {date_long(self.on)}", at, self.place) if part)


@dataclass(frozen=True)
class NoticeBody:
    """The face of a notice, frozen with it. `help`: planned help in words; `good`: what went well."""

    pupil: str
    school_class: str
    period: str
    to: str = ""
    subjects: tuple[SubjectLine, ...] = ()
    missed: int = 0
    unexcused: int = 0
    category: str = ""
    reason: str = ""
    help: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    invitation: Invitation | None = None
    words: str = ""
    signed: str = ""
    position: str = ""


def telling(body: NoticeBody, kind: NoticeKind) -> NoticeBody:
    """The body with what a notice of this kind tells: a notice of absences has no marks, one of successes no twos."""
    if kind == NoticeKind.MARKS:
        return replace(body, subjects=tuple(line for line in body.subjects if line.low), category="", good=())
    bare = replace(body, subjects=(), missed=0, unexcused=0, category="", reason="", good=())
    if kind == NoticeKind.ABSENCES:
        return replace(bare, missed=body.missed, unexcused=body.unexcused)
    if kind in (NoticeKind.INCLUDED, NoticeKind.REMOVED):
        if bool(body.reason) != (kind == NoticeKind.REMOVED):  # only who was removed has grounds of a removal
            return bare
        low = tuple(line for line in body.subjects if line.low) if kind == NoticeKind.INCLUDED else ()
        return replace(bare, subjects=low, category=body.category, reason=body.reason)
    return replace(bare, good=body.good, help=()) if kind == NoticeKind.GOOD else bare


def why_not(body: NoticeBody, kind: NoticeKind) -> str:
    """Why a notice of this kind has nothing to tell; empty when it has. `body` is what `telling` left."""
    if kind == NoticeKind.MARKS and not body.subjects:
        return "двоек в этом периоде нет"
    if kind == NoticeKind.ABSENCES and not body.missed:
        return "пропусков в этом периоде нет"
    if kind in (NoticeKind.INCLUDED, NoticeKind.REMOVED) and not body.category:
        return "в реестре этого периода такой записи нет"
    if kind == NoticeKind.GOOD and not (body.good or body.words):
        return "закрытых дефицитов нет: напишите, чему рады"
    return "напишите, куда и когда приглашаете" if kind == NoticeKind.COUNCIL and body.invitation is None else ""


def unanswered(state: str, waiting: Sequence[str], reply_by: date | None, today: date) -> bool:
    """Whether the day by which an answer was asked is over and nobody has answered."""
    return state in waiting and reply_by is not None and reply_by < today
