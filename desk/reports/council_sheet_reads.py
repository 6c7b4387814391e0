"""What was done for a pupil in a year and what came of it, counted: no words of talks, nothing restricted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from common.russian import counted, date_short
from consultations.models import AppointmentPupil
from consultations.words import MeetingState
from iom.models import ExtraAttendance, Gap, PupilTalk, Route, WorkEntryPupil
from iom.words import GapState, RouteKind, RouteState
from iom.work_words import Kept, Outcome
from parents.models import Conversation, Notice
from parents.words import NoticeState
from risk_registry.causes import causes_in_words
from risk_registry.debts import DebtState
from risk_registry.models import AcademicDebt, Deed, RegistryEntry
from risk_registry.models.debts import AcademicDebtQuerySet
from risk_registry.selectors.causes import open_codes
from risk_registry.selectors.registry import OUT
from school.models import AcademicYear, Pupil, User

_DRAFTS = (RouteState.DRAFT, RouteState.WITHDRAWN)
_TIMES = ("раз", "раза", "раз")


@dataclass(frozen=True)
class Done:
    """«Беседы с родителями» — «3 раза, последняя запись 12.11.2026»."""

    what: str
    words: str


def causes_open(pupil: Pupil, year: AcademicYear) -> list[str]:
    """Standing causes of the newest entry in the registry; restricted ones are left out, and that there are any."""
    entries: Any = RegistryEntry.objects.filter(pupil=pupil, period__year=year).exclude(state__in=OUT)
    newest = entries.annotate(codes=open_codes()).order_by("-period__starts", "-period__number").first()
    return causes_in_words(newest.codes, closed=False) if newest is not None else []


def debts_of(pupil: Pupil, reader: User | None) -> AcademicDebtQuerySet:
    """Those that the reader sees, as everywhere: a subject teacher the own subject's. None: the command line, all."""
    rows = AcademicDebt.objects.all() if reader is None else AcademicDebt.objects.visible_to(reader)
    return rows.filter(pupil=pupil)


def debts_words(debts: AcademicDebtQuerySet) -> list[str]:
    """Debts that are confirmed and not cleared."""
    rows = debts.filter(state=DebtState.CONFIRMED).select_related("subject")
    return [f"{row.subject.name}, срок {date_short(row.due)}" for row in rows.order_by("due", "pk")]


def done_for(pupil: Pupil, year: AcademicYear) -> list[Done]:
    """What there is a record of, in the order of a talk about it; a query for each."""
    days = (year.starts, year.ends)
    works = WorkEntryPupil.objects.filter(
        pupil=pupil, entry__withdrawn_at=None, entry__on__range=days, entry__extra_session=None
    )
    talks = PupilTalk.objects.filter(pupil=pupil, withdrawn_at=None, on__range=days)
    notes = Deed.objects.filter(pupil=pupil, on__range=days)
    lessons = ExtraAttendance.objects.filter(pupil=pupil, came=True, session__on__range=days)
    parents = Conversation.objects.filter(pupil=pupil, withdrawn_at=None, on__range=days)
    notices = Notice.objects.filter(pupil=pupil, on__range=days).exclude(state=NoticeState.WITHDRAWN)
    meetings = AppointmentPupil.objects.filter(pupil=pupil, state=MeetingState.HELD, on__range=days)
    told = (
        ("Индивидуальная работа", _counted(works, "entry__on")),
        ("Дополнительные занятия, посещено", _counted(lessons, "session__on")),
        ("Беседы с обучающимся", _counted(talks, "on")),
        ("Короткие записи о сделанном", _counted(notes, "on")),
        ("Беседы с родителями", _counted(parents, "on")),
        ("Уведомления родителям", _counted(notices, "on")),
        ("Встречи со специалистами службы", _counted(meetings, "on")),
    )
    return [*_routes(pupil, year), *(Done(what, words) for what, words in told if words)]


def _counted(rows: "QuerySet[Any]", day: str) -> str:
    found = rows.aggregate(number=Count("pk"), last=Max(day))
    last: date | None = found["last"]
    if last is None:
        return ""
    return f"{counted(found['number'], *_TIMES)}, последняя запись {date_short(last)}"


def _routes(pupil: Pupil, year: AcademicYear) -> Iterator[Done]:
    """Routes that came into force; those for special needs are not told of."""
    rows = Route.objects.filter(pupil=pupil, year=year).exclude(kind=RouteKind.NEEDS).exclude(state__in=_DRAFTS)
    standing = ~Q(gaps__state=GapState.DROPPED) & Q(gaps__isnull=False)
    told: Any = rows.annotate(all=Count("gaps", filter=standing),
                              closed=Count("gaps", filter=Q(gaps__state=GapState.CLOSED)))  # fmt: skip
    for row in told.order_by("-begins", "-pk"):
        gaps = f", пробелов {row.all}, закрыто {row.closed}" if row.all else ""
        span = f"{date_short(row.begins)} — {date_short(row.ends)}"
        yield Done("Индивидуальный маршрут", f"{RouteState(row.state).label.lower()}, {span}{gaps}")


def helped(pupil: Pupil, year: AcademicYear, debts: AcademicDebtQuerySet) -> list[str]:
    """What came of it by the records: gaps closed, how work went, agreements kept, debts cleared."""
    days = (year.starts, year.ends)
    found = []
    gaps = Gap.objects.filter(pupil=pupil, route__year=year, state=GapState.CLOSED).exclude(route__kind=RouteKind.NEEDS)
    if topics := [_short(topic) for topic in gaps.order_by("pk").values_list("topic", flat=True)]:
        found.append(f"закрыты пробелы: {_some(topics, 4)}")
    works = WorkEntryPupil.objects.filter(pupil=pupil, entry__withdrawn_at=None, entry__on__range=days)
    told = works.exclude(outcome="").aggregate(all=Count("pk"), done=Count("pk", filter=Q(outcome=Outcome.DONE)))
    if told["done"]:
        found.append(f"индивидуальная работа: справился в {told['done']} из {told['all']} записей с результатом")
    talks = PupilTalk.objects.filter(pupil=pupil, withdrawn_at=None, on__range=days)
    kept = talks.exclude(kept="").aggregate(all=Count("pk"), kept=Count("pk", filter=Q(kept=Kept.KEPT)))
    if kept["kept"]:
        found.append(f"договорённости с обучающимся: выполнено {kept['kept']} из {kept['all']} проверенных")
    cleared = debts.filter(state=DebtState.CLEARED, period__year=year)
    if names := list(cleared.order_by("pk").values_list("subject__name", flat=True)):
        found.append(f"ликвидирована задолженность: {_some(names, 4)}")
    return found


def _some(words: list[str], most: int) -> str:
    rest = len(words) - most
    return ", ".join(words[:most]) + (f" и ещё {rest}" if rest > 0 else "")


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
