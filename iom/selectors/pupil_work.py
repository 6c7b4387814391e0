"""What the journals add to the story of a pupil: individual work and talks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from common.names import initials
from iom.models import PupilTalk, WorkEntryPupil
from iom.work_words import Kept, Outcome
from school.models import AcademicYear, Pupil
from school.shared import TimelineItem


def with_journals(pupils: QuerySet[Pupil]) -> QuerySet[Pupil]:
    """Pupils with what `journal_items` tells; no query of its own."""
    return pupils.annotate(works_told=ArraySubquery(_works()), talks_told=ArraySubquery(_talks()))


def _works() -> QuerySet[Any, Any]:
    rows = WorkEntryPupil.objects.filter(pupil=OuterRef("pk"), entry__withdrawn_at__isnull=True)
    told = JSONObject(
        key="entry",
        on="entry__on",
        subject="entry__subject__name",
        topic="entry__topic",
        content="entry__content",
        outcome="outcome",
        mark="mark",
        **_person("entry__by"),
    )
    return rows.order_by("entry__on", "entry").values(told=told)


def _talks() -> QuerySet[Any, Any]:
    rows = PupilTalk.objects.filter(pupil=OuterRef("pk"), withdrawn_at__isnull=True)
    names = ("on", "occasion", "agreed", "due", "kept", "kept_on")
    told = JSONObject(key="pk", **{name: name for name in names}, **_person("by"))
    return rows.order_by("on", "pk").values(told=told)


def _person(by: str) -> dict[str, str]:
    staff = f"{by}__staff__"
    names = {"last": "last_name", "first": "first_name", "middle": "middle_name"}
    return {"login": f"{by}__username", **{key: staff + name for key, name in names.items()}}


def journal_items(pupil: Pupil, year: AcademicYear | None) -> list[TimelineItem]:
    """Entries of both journals in the year and what became of agreements; of a pupil `with_journals`. No query."""
    works: list[Mapping[str, Any]] = getattr(pupil, "works_told", [])
    talks: list[Mapping[str, Any]] = getattr(pupil, "talks_told", [])
    items = [_work(told) for told in works]
    for told in talks:
        items += _talk(told)
    within = [item for item in items if year is not None and year.starts <= item.on <= year.ends]
    return sorted(within, key=lambda item: item.on)


def _work(told: Mapping[str, Any]) -> TimelineItem:
    outcome = Outcome(told["outcome"]).label.lower() if told["outcome"] else ""
    control = f"повторный контроль {told['mark']}" if told["mark"] else ""
    parts = (told["subject"], told["topic"] or told["content"], outcome, control)
    url = reverse("work:entry", args=[told["key"]])
    text = ", ".join(part for part in parts if part)
    return TimelineItem(_day(told["on"]), "deed", "Индивидуальная работа:", text, by=_by(told), url=url)


def _talk(told: Mapping[str, Any]) -> list[TimelineItem]:
    url, text = reverse("work:talk", args=[told["key"]]), told["occasion"]
    if told["agreed"]:
        until = f", до {_day(told['due']):%d.%m}" if told["due"] else ""
        text = f"{text}. Договорились: {told['agreed']}{until}"
    items = [TimelineItem(_day(told["on"]), "deed", "Беседа:", text, by=_by(told), url=url)]
    if told["kept"]:
        kept = f"{told['agreed']}: {Kept(told['kept']).label}"
        items.append(TimelineItem(_day(told["kept_on"]), "deed", "Договорённость:", kept, url=url))
    return items


def _by(told: Mapping[str, Any]) -> str:
    return initials(told["last"] or "", told["first"] or "", told["middle"] or "") or told["login"]


def _day(text: str) -> date:
    return date.fromisoformat(text)
