"""What talks with parents and notices to them add to the story of a pupil."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from common.names import initials
from parents.models import Conversation, Notice, PersonalLink
from parents.selectors.pupil_surveys import sheets_told, survey_items
from parents.words import Channel, LinkAnswer, Matter, NoticeKind, NoticeState
from school.models import AcademicYear, Pupil
from school.shared import TimelineItem


def with_conversations(pupils: QuerySet[Pupil]) -> QuerySet[Pupil]:
    """Pupils with what `conversation_items` tells; no query of its own."""
    rows = Conversation.objects.filter(pupil=OuterRef("pk"), withdrawn_at__isnull=True)
    names = {name: name for name in ("on", "channel", "occasion", "agreed", "due", "kept_on", "kept_note")}
    person = {"last": "last_name", "first": "first_name", "middle": "middle_name"}
    told = JSONObject(
        key="pk", login="by__username", **{key: f"by__staff__{name}" for key, name in person.items()}, **names
    )
    talks = ArraySubquery(rows.order_by("on", "pk").values(told=told))
    return pupils.annotate(
        conversations_told=talks,
        notices_told=ArraySubquery(_notices()),
        links_told=ArraySubquery(_links()),
        sheets_told=sheets_told(),
    )


def _notices() -> QuerySet[Any, Any]:
    rows = Notice.objects.filter(pupil=OuterRef("pk")).exclude(state=NoticeState.WITHDRAWN)
    names = {name: name for name in ("on", "number", "kind", "state", "reply_by")}
    return rows.order_by("on", "number").values(told=JSONObject(key="pk", **names))


def _links() -> QuerySet[Any, Any]:
    """What was answered at links; a notice and a route tell of theirs themselves."""
    rows = PersonalLink.objects.filter(pupil=OuterRef("pk"), matter__in=[Matter.TIME.value, Matter.TALK.value])
    told = {name: name for name in ("matter", "answer", "chosen", "at", "answered_at")}
    return rows.filter(withdrawn_at=None).order_by("at", "pk").values(told=JSONObject(key="pk", **told))


def conversation_items(pupil: Pupil, year: AcademicYear | None) -> list[TimelineItem]:
    """Talks of the year, what became of agreements, notices; of a pupil `with_conversations`. No query."""
    told: list[Mapping[str, Any]] = getattr(pupil, "conversations_told", [])
    notices: list[Mapping[str, Any]] = getattr(pupil, "notices_told", [])
    links: list[Mapping[str, Any]] = getattr(pupil, "links_told", [])
    items = [*(item for one in told for item in _items(one)), *map(_notice, notices)]
    items += survey_items(pupil)
    items += [_link(one, ZoneInfo(pupil.school.timezone)) for one in links]
    items.sort(key=lambda item: item.on)
    return [item for item in items if year is not None and year.starts <= item.on <= year.ends]


def _items(told: Mapping[str, Any]) -> list[TimelineItem]:
    url, text = reverse("parents:talk", args=[told["key"]]), f"{told['occasion']}, {Channel(told['channel']).label}"
    if told["agreed"]:
        until = f", до {date.fromisoformat(told['due']):%d.%m}" if told["due"] else ""
        text = f"{text}. Договорились: {told['agreed']}{until}"
    by = initials(told["last"] or "", told["first"] or "", told["middle"] or "") or told["login"]
    items = [TimelineItem(date.fromisoformat(told["on"]), "deed", "Беседа с родителями:", text, by=by, url=url)]
    if told["kept_on"]:
        kept = told["kept_note"] or told["agreed"]
        items.append(
            TimelineItem(date.fromisoformat(told["kept_on"]), "deed", "Вернулись к договорённости:", kept, url=url)
        )
    return items


def _notice(told: Mapping[str, Any]) -> TimelineItem:
    url = reverse("notices:notice", args=[told["key"]])
    text = f"№ {told['number']}, {NoticeKind(told['kind']).label.lower()}: {NoticeState(told['state']).label.lower()}"
    return TimelineItem(date.fromisoformat(told["on"]), "deed", "Уведомление родителям:", text, url=url)


def _link(told: Mapping[str, Any], zone: ZoneInfo) -> TimelineItem:
    """Without an address: most who see the pupil do not see the link's own page."""
    moment = datetime.fromisoformat(told["answered_at"] or told["at"]).astimezone(zone)
    text = LinkAnswer(told["answer"]).label if told["answer"] else "ответа ещё нет"
    if told["chosen"]:
        text += f": {datetime.fromisoformat(told['chosen']).astimezone(zone):%d.%m, %H:%M}"
    return TimelineItem(moment.date(), "deed", f"{Matter(told['matter']).label}, по ссылке:", text)
