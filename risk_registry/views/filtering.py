"""What the lists of the registry share: its categories, the period that is shown, what the data beside it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict

from risk_registry.categories import IN_REGISTRY
from risk_registry.links import categories_link
from risk_registry.selectors.lists import ClassData
from risk_registry.selectors.registry import UNDER_RISK
from school.models import Period, SchoolClass

CATEGORIES = [
    (UNDER_RISK, "Неуспевающие и слабоуспевающие"),
    *((each.value, each.label) for each in IN_REGISTRY),
]


def filter_data(request: HttpRequest, period: Period) -> QueryDict:
    """The page's query with the period that is shown, so that the form shows it too."""
    data = request.GET.copy()
    data["period"] = str(period.pk)
    return data


@dataclass(frozen=True)
class DataNote:
    """What the counts beside it do not know: classes without data or with old ones, and single pupils."""

    empty: tuple[SchoolClass, ...]
    old: tuple[ClassData, ...]
    pupils: int
    url: str

    def __bool__(self) -> bool:
        return bool(self.pupils or self.old)


def data_note(period: Period, classes: Sequence[ClassData], due: date | None) -> DataNote:
    """Classes taught without marks are silent by nature and not named; the year's beginning asks no journal."""
    from_grade = period.year.school.settings.marks_from_grade
    taught = [each for each in classes if each.school_class.grade >= from_grade]
    known = [] if period.is_start else [each for each in taught if each.pupils and not each.without_data]
    return DataNote(
        empty=tuple(each.school_class for each in taught if each.without_data),
        old=tuple(each for each in known if each.as_of is not None and due is not None and each.as_of < due),
        pupils=sum(each.unrated for each in taught),
        url=categories_link(period=period.pk, category="unrated"),
    )
