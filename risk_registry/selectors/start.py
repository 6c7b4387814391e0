"""What stands behind a pupil in the list of the year's beginning, each source with the page it is on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from common.russian import date_short
from gradebook.models import Procedure
from risk_registry.categories import IN_REGISTRY
from risk_registry.models import AcademicDebt
from risk_registry.rules.start_list import Ground, all_grounds
from risk_registry.start_facts import read_start
from risk_registry.start_words import StartSource, source_in_words
from school.models import Period, User

_DEBTS = (StartSource.DEBT, StartSource.CLEARED)


@dataclass(frozen=True)
class SourceLine:
    """«Алгебра: годовая 2, 2025/26»; `subject` is empty where the source names none, `url` where it has no page."""

    subject: str
    text: str
    url: str


def start_lines(user: User, period: Period, pupil: int, names: Mapping[int, str]) -> list[SourceLine]:
    """All that is known of a pupil found through `visible_to`, the gravest first; a constant number of queries.

    Who teaches another subject learns of a debt, but has no page of it to go to.
    """
    most = period.year.school.settings.reserve_max_subjects
    found = [
        ground for one in read_start(period, [pupil]) for ground in all_grounds(one.facts, reserve_max_subjects=most)
    ]
    place = {subject: number for number, subject in enumerate(names)}
    found.sort(key=lambda ground: (IN_REGISTRY.index(ground.category), place.get(ground.subject or 0, -1)))
    titles, debts = _titles(found), _own_debts(user, found)
    lines = [(ground, _line(ground, pupil, period, names, titles)) for ground in found]
    return [
        line if ground.source not in _DEBTS or ground.key in debts else replace(line, url="") for ground, line in lines
    ]


def _own_debts(user: User, grounds: Iterable[Ground]) -> set[int | None]:
    keys = {ground.key for ground in grounds if ground.source in _DEBTS and ground.key is not None}
    seen = AcademicDebt.objects.visible_to(user).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True)) if keys else set()


def _titles(grounds: Iterable[Ground]) -> dict[int, str]:
    keys = {ground.key for ground in grounds if ground.source == StartSource.WORK and ground.key is not None}
    return dict(Procedure.objects.filter(pk__in=keys).values_list("pk", "title")) if keys else {}


def _line(
    ground: Ground, pupil: int, period: Period, names: Mapping[int, str], titles: Mapping[int, str]
) -> SourceLine:
    subject = names.get(ground.subject, "") if ground.subject is not None else ""
    last = f"{period.year.start - 1}/{period.year.start % 100:02d}"
    if ground.source == StartSource.ANNUAL:
        url = f"{reverse('desk:pupil', args=[pupil])}?year={period.year.start - 1}"
        return SourceLine(subject, f"годовая {ground.value}, {last}", url)
    if ground.source == StartSource.WORK and ground.on is not None:
        text = f"{titles.get(ground.key or 0, 'внешняя работа')}, {date_short(ground.on)}: {ground.value}"
        return SourceLine(subject, text, reverse("registry:external_work", args=[ground.key]))
    if ground.source == StartSource.CLOSING:
        text = f"в реестре на конец {last}: {ground.category.label.lower()}"
        return SourceLine(subject, text, reverse("registry:entry", args=[ground.key]))
    if ground.source in _DEBTS:
        words = (
            "академическая задолженность, срок" if ground.source == StartSource.DEBT else "задолженность ликвидирована"
        )
        day = date_short(ground.on) if ground.on is not None else ""
        return SourceLine(subject, f"{words} {day}", reverse("debts:debt", args=[ground.key]))
    text = source_in_words({"kind": ground.source, "value": ground.value, "on": None, "category": ground.category})
    return SourceLine(subject, text, "")
