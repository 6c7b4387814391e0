"""Which activities the list shows: by direction, by words, by what is asked of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest

from common.look import Chip
from common.names import name_key
from roadmaps.models import Activity, Roadmap
from roadmaps.permissions import own_activities
from roadmaps.reports.paper import Line, Part, RoadmapPaper
from school.forms.filtering import ANY, Choices, ListFilter
from school.models import User
from school.views.filtering import query_without

ALL, MINE, REMOVED = "all", "mine", "removed"
_SHOWN = (
    (ALL, "Все"),
    (MINE, "Мои"),
    ("month", "В этом месяце"),
    ("late", "Просрочено"),
    ("standing", "Без срока"),
)
_OF_EDITORS = (REMOVED, "Исключённые")


class RoadmapFilter(ListFilter):
    """Which activities; the year and the pill that was taken stay in the address."""

    direction = forms.TypedChoiceField(label="Направление", required=False, coerce=int, empty_value=None)
    text = forms.CharField(label="Мероприятие или ответственный", required=False, max_length=100)
    year = forms.CharField(required=False, max_length=4, widget=forms.HiddenInput)
    show = forms.ChoiceField(required=False, choices=[*_SHOWN, _OF_EDITORS], widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, direction: Choices) -> None:
        super().__init__(data, direction=[*ANY, *direction])


def narrowed(chosen: Mapping[str, Any]) -> bool:
    """Whether less is asked for than the whole roadmap."""
    return bool(chosen.keys() & {"direction", "text"}) or chosen.get("show", ALL) != ALL


def show_chips(request: HttpRequest, chosen: Mapping[str, Any], edits: bool) -> list[Chip]:
    """The pills above the list; they keep the other filters."""
    show, shown = chosen.get("show", ALL), [*_SHOWN, *([_OF_EDITORS] if edits else [])]
    return [Chip(title, query_without(request, "show", show=code), code == show) for code, title in shown]


def own_of(user: User, row: Roadmap, chosen: Mapping[str, Any]) -> set[int]:
    """Keys of the activities for which the person answers, when they are asked for. One query, else none."""
    if chosen.get("show") != MINE:
        return set()
    return set(Activity.objects.filter(own_activities(user), roadmap=row).values_list("pk", flat=True))


def chosen_parts(paper: RoadmapPaper, chosen: Mapping[str, Any], today: date, own: set[int]) -> list[Part]:
    """Directions with the activities that fit; without a filter also those that have none yet."""
    tests = [*_tests(chosen, today, own)]
    parts = [part for part in paper.parts if chosen.get("direction") in (None, part.key)]
    if not tests:
        return parts
    kept = [
        replace(part, lines=tuple(line for line in part.lines if all(fits(line) for fits in tests))) for part in parts
    ]
    return [part for part in kept if part.lines]


def _fitting(part: Part, tests: list[Callable[[Line], bool]]) -> tuple[Line, ...]:
    return tuple(line for line in part.lines if all(fits(line) for fits in tests))


def _tests(chosen: Mapping[str, Any], today: date, own: set[int]) -> list[Callable[[Line], bool]]:
    known: dict[str, Callable[[Line], bool]] = {
        MINE: lambda line: line.key in own,
        "month": lambda line: any(in_month(mark.ends, today) for mark in line.marks),
        "late": lambda line: line.late > 0,
        "standing": lambda line: line.standing,
        REMOVED: lambda _: False,
    }
    words = name_key(chosen.get("text", "")).split()
    asked = [known[show]] if (show := chosen.get("show")) in known else []
    return [*asked, lambda line: _has(line, words)] if words else asked


def _has(line: Line, words: list[str]) -> bool:
    text = name_key(f"{line.title} {line.responsible} {line.about}")
    return all(word in text for word in words)


def in_month(day: date, today: date) -> bool:
    """Whether the day is of the same month."""
    return (day.year, day.month) == (today.year, today.month)
