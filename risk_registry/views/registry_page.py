"""What the page «Реестр» shows, gathered once for the list, for one entry and for the workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from common.look import Chip, Tab
from common.russian import counted, whole
from risk_registry.categories import EntryState
from risk_registry.forms import FilterForm
from risk_registry.models import Classification
from risk_registry.permissions import can_agree, can_decide_registry
from risk_registry.selectors.evidence import EntryEvidence
from risk_registry.selectors.lists import ClassData, classes_of, period_choice
from risk_registry.selectors.registry import (
    DEFAULT_SORT,
    RegistryCounts,
    RegistryQuery,
    RegistryRow,
    registry_counts,
    registry_entries,
    registry_rows,
    subject_names,
)
from risk_registry.views.filtering import CATEGORIES, data_note, filter_data
from risk_registry.workflow import Deed
from school.forms.filtering import ANY
from school.models import Period, User
from school.views.filtering import chips_of, options_of, query_without, whole_number

PER_PAGE = 50
_TABS = (
    (EntryState.PROPOSED, "Предложены"),
    (EntryState.AGREED, "Согласованы"),
    (EntryState.RETURNED, "Возвращены"),
    (EntryState.APPROVED, "Утверждены"),
    (EntryState.REMOVED, "Исключены"),
    (EntryState.WITHDRAWN, "Сняты по отметкам"),
)
_SELDOM = (EntryState.REMOVED, EntryState.WITHDRAWN)
_LABELS = {"text": "Фамилия", "cls": "Класс", "category": "Категория", "subject": "Предмет", "causes": "Причины"}


class CountedPaginator(Paginator):  # type: ignore[type-arg] # subscriptable for the checker only
    """A paginator that was told the number of rows."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self._known = count

    @property
    def count(self) -> int:
        """As told: the tabs' query has counted already."""
        return self._known


@dataclass(frozen=True)
class Frame:
    """The period that is asked about, what may be chosen, what is chosen."""

    user: User
    period: Period
    classification: Classification | None
    classes: Sequence[ClassData]
    names: Mapping[int, str]
    form: FilterForm
    chosen: Mapping[str, Any]
    due: date | None

    @property
    def query(self) -> RegistryQuery:
        """What the list is asked for."""
        return RegistryQuery(
            period=self.period,
            state=self.chosen.get("state", ""),
            category=self.chosen.get("category", ""),
            school_class=self.chosen.get("cls"),
            subject=self.chosen.get("subject"),
            text=self.chosen.get("text", ""),
            causes=self.chosen.get("causes", ""),
            sort=self.chosen.get("sort", DEFAULT_SORT),
        )


@dataclass(frozen=True)
class Line:
    """A row as it stands on the page."""

    row: RegistryRow
    pick: str
    picked: bool
    pickable: bool
    evidence: EntryEvidence | None = None


# Filters that only the list of signals has.
OF_SIGNALS = ("rule", "grave")


def frame_of(
    request: HttpRequest,
    user: User,
    *,
    period: int | None = None,
    more_categories: Sequence[tuple[str, str]] = (),
    without: Iterable[str] = OF_SIGNALS,
    running: bool = False,
) -> Frame | None:
    """Read the filters of the request; None when the school has no period yet."""
    choice = period_choice(user, period or whole_number(request.GET.get("period")), running=running)
    if choice.period is None:
        return None
    names = subject_names(choice.period.year.school_id)
    classes = classes_of(user, choice.period)
    form = FilterForm(
        filter_data(request, choice.period),
        without=without,
        period=choice.options,
        cls=options_of([each.school_class for each in classes]),
        category=[*ANY, *CATEGORIES, *more_categories],
        subject=[*ANY, *names.items()],
    )
    chosen = form.chosen()
    return Frame(user, choice.period, choice.classification, classes, names, form, chosen, choice.due)


def list_context(request: HttpRequest, frame: Frame, *, picked: Iterable[str] = ()) -> dict[str, Any]:
    """Everything of the list page; five queries whatever the number of pupils."""
    counts = registry_counts(frame.user, frame.query)
    page = CountedPaginator(registry_entries(frame.user, frame.query), PER_PAGE, counts.found).get_page(
        request.GET.get("page")
    )
    rows = registry_rows(frame.user, page.object_list, frame.names)
    lines = lines_of(frame.user, rows, set(picked))
    return {
        **head_context(frame),
        "page": page,
        "lines": lines,
        "bulk": _bulk(frame.user, lines),
        "counts": counts,
        "causeless": query_without(request, "state", causes="none"),
        "tabs": _tabs(request, frame, counts),
        "chips": _chips(request, frame),
        "lead": _lead(frame, counts),
        "form": frame.form,
        "sort": frame.query.sort,
        "query": request.GET.urlencode(),
    }


def head_context(frame: Frame) -> dict[str, Any]:
    """What the list and one entry have in common."""
    return {
        "period": frame.period,
        "classification": frame.classification,
        "note": data_note(frame.period, frame.classes, frame.due),
        "decides": can_decide_registry(frame.user),
        "agrees": can_agree(frame.user),
    }


def lines_of(
    user: User, rows: Iterable[RegistryRow], picked: set[str], evidence: Mapping[int, EntryEvidence] | None = None
) -> list[Line]:
    """Rows with their boxes: a box is where something waits for this person's decision."""
    waits_for = Deed.APPROVE if can_decide_registry(user) else Deed.AGREE
    opened = evidence or {}
    return [
        Line(
            row=row,
            pick=(pick := f"{row.entry.pk}:{row.entry.version}"),
            picked=pick in picked,
            pickable=waits_for in row.deeds,
            evidence=opened.get(row.entry.pk),
        )
        for row in rows
    ]


def _bulk(user: User, lines: Iterable[Line]) -> str:
    """What the bar under the list offers: «decide» to the deputy, «agree» to the class teacher, else nothing."""
    if not any(line.pickable for line in lines):
        return ""
    return "decide" if can_decide_registry(user) else "agree"


def _tabs(request: HttpRequest, frame: Frame, counts: RegistryCounts) -> list[Tab]:
    state = frame.query.state
    tabs = [Tab("Все", query_without(request, "state"), not state, counts.all)]
    for each, title in _TABS:
        number = counts.by_state.get(each, 0)
        if number or each == state or each not in _SELDOM:
            tabs.append(Tab(title, query_without(request, state=each), each == state, number))
    return tabs


def _chips(request: HttpRequest, frame: Frame) -> list[Chip]:
    chips = chips_of(request, frame.form, frame.chosen, _LABELS)
    if len(chips) > 1:
        chips.append(Chip("Сбросить", query_without(request, *_LABELS)))
    return chips


def _lead(frame: Frame, counts: RegistryCounts) -> str:
    """«12 записей из 60» of the chosen tab."""
    state = frame.query.state
    all_ = counts.by_state.get(state, 0) if state else counts.all
    found = counted(counts.found, "запись", "записи", "записей")
    return found if counts.found == all_ else f"{found} из {whole(all_)}"
