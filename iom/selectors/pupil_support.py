"""Mentors, courses and competitions on a pupil's page. They come with the pupil's own query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localdate

from iom.mentoring import PairForm, PairState
from iom.models import Achievement, CourseSeat, MentoringPair, MetaResult, PairMeeting, PairStep
from iom.programs import MetaArea, MetaLevel, Place, Reach
from school.access import Viewer
from school.models import AcademicYear, Pupil
from school.shared import TimelineItem

_DEEDS = {
    "start": "пара начала работу",
    "finish": "пара завершила работу",
    "end": "пара прекращена досрочно",
    "resume": "пара возобновлена",
}


@dataclass(frozen=True)
class PupilPair:
    """A pair of the pupil: as the one who is led, or as the mentor (`leads`)."""

    key: int
    other: str
    leads: bool
    subject: str
    state: PairState


@dataclass(frozen=True)
class PupilSupport:
    """What stands beside lessons: pairs, courses of today, how many competitions; and what happened."""

    pairs: tuple[PupilPair, ...] = ()
    courses: tuple[tuple[int, str], ...] = ()
    won: int = 0
    items: tuple[TimelineItem, ...] = ()


def with_support(pupils: QuerySet[Pupil], user: Viewer) -> QuerySet[Pupil]:
    """With the pairs that the person may see, courses, competitions and metasubject results, for `support_told`."""
    mine = Q(pupil=OuterRef("pk")) | Q(mentor_pupil=OuterRef("pk"))
    pairs = MentoringPair.objects.visible_to(user).filter(mine).order_by("-begins", "pk")
    facts = {"pupil": OuterRef("pk"), "removed_at__isnull": True}
    found: QuerySet[Any] = pupils.annotate(
        pairs_json=ArraySubquery(pairs.values(told=_pair_columns())),
        seats_json=ArraySubquery(
            CourseSeat.objects.filter(**facts).values(
                told=JSONObject(key="program", title="program__title", starts="starts", ends="ends")
            )
        ),
        won_json=ArraySubquery(
            Achievement.objects.filter(**facts).values(
                told=JSONObject(on="on", title="title", reach="reach", place="place")
            )
        ),
        meta_json=ArraySubquery(
            MetaResult.objects.filter(**facts).values(told=JSONObject(on="on", area="area", level="level", what="what"))
        ),
    )
    return found


def _pair_columns() -> JSONObject:
    meetings = PairMeeting.objects.filter(pair=OuterRef("pk"), removed_at__isnull=True).order_by("on")
    steps = PairStep.objects.filter(pair=OuterRef("pk")).order_by("version")
    people = {
        f"{who}_{part}": f"{who}__{part}"
        for who in ("mentor", "mentor_pupil", "pupil")
        for part in ("last_name", "first_name")
    }
    return JSONObject(
        key="pk",
        form="form",
        state="state",
        subject="subject__name",
        led=F("pupil_id"),
        meetings=ArraySubquery(meetings.values(told=JSONObject(on="on", held="held", text="text"))),
        steps=ArraySubquery(steps.values(told=JSONObject(at="at", deed="deed", comment="comment"))),
        **people,
    )


def support_told(pupil: Any, today: date) -> PupilSupport:
    """Of a pupil who was read by `with_support`; nothing of one who was not."""
    pairs = getattr(pupil, "pairs_json", ())
    seats, won = getattr(pupil, "seats_json", ()), getattr(pupil, "won_json", ())
    now = [one for one in seats if _goes(one, today)]
    items = [item for one in pairs for item in _pair_items(one, pupil.pk)]
    items += [_fact(one["starts"], "Курс:", one["title"]) for one in seats]
    items += [_fact(one["on"], "Конкурс:", _won_words(one)) for one in won]
    items += [
        _fact(one["on"], "Метапредметный результат:", _meta_words(one)) for one in getattr(pupil, "meta_json", ())
    ]
    return PupilSupport(
        pairs=tuple(_pair(one, pupil.pk) for one in pairs),
        courses=tuple((one["key"], one["title"]) for one in now),
        won=len(won),
        items=tuple(items),
    )


def support_items(support: PupilSupport, year: AcademicYear | None) -> list[TimelineItem]:
    """What happened in the year."""
    if year is None:
        return []
    return [item for item in support.items if year.starts <= item.on <= year.ends]


def _goes(seat: Mapping[str, Any], today: date) -> bool:
    return seat["starts"] <= today.isoformat() and (seat["ends"] is None or seat["ends"] >= today.isoformat())


def _pair(told: Mapping[str, Any], pupil: int) -> PupilPair:
    leads = told["led"] != pupil
    return PupilPair(told["key"], _other(told, leads), leads, told["subject"] or "", PairState(told["state"]))


def _other(told: Mapping[str, Any], leads: bool) -> str:
    who = "pupil" if leads else "mentor_pupil" if told["form"] == PairForm.PUPILS else "mentor"
    return f"{told[f'{who}_last_name']} {told[f'{who}_first_name']}"


def _pair_items(told: Mapping[str, Any], pupil: int) -> list[TimelineItem]:
    pair, url = _pair(told, pupil), reverse("mentoring:pair", args=[told["key"]])
    about = f"{pair.other}{f', {pair.subject}' if pair.subject else ''}"
    found = []
    for step in told["steps"]:
        if step["deed"] in _DEEDS:
            words = ": ".join(part for part in (_DEEDS[step["deed"]], step["comment"]) if part)
            on = localdate(datetime.fromisoformat(step["at"]))
            found.append(TimelineItem(on, "step", "Наставничество:", f"{about}, {words}", url=url))
    for one in told["meetings"]:
        words = "встреча" if one["held"] else "встреча не состоялась"
        text = ": ".join(part for part in (f"{about}, {words}", one["text"]) if part)
        found.append(TimelineItem(date.fromisoformat(one["on"]), "deed", "Наставничество:", text, url=url))
    return found


def _fact(on: str, title: str, text: str) -> TimelineItem:
    return TimelineItem(date.fromisoformat(on), "other", title, text)


def _won_words(one: Mapping[str, Any]) -> str:
    return f"{one['title']}, {Reach(one['reach']).label} уровень, {Place(one['place']).label}"


def _meta_words(one: Mapping[str, Any]) -> str:
    words = f"{MetaArea(one['area']).label.lower()}, {MetaLevel(one['level']).label} уровень"
    return f"{words}: {one['what']}" if one["what"] else words
