"""The five indicators of the work with parents (паспорт программы, показатели 23–27) as one shape, for measurements.

Each has its numerator and denominator, the parts by level where the source wants them, and those whom it was counted
from. The pages of each read the selectors beneath; the numbers are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common.russian import percent
from parents.rules.involved import WHOLE
from parents.selectors.feedback import AgreedRoute, WorkerFeedback, agreed_routes, feedback_given
from parents.selectors.involved import Involved, InvolvedParent, involved_parents
from parents.selectors.satisfaction import satisfaction_share
from school.access import Viewer
from school.models import AcademicYear, School


@dataclass(frozen=True)
class Behind:
    """One of those an indicator was counted from: where it opens, where it does; whether in the numerator, and why."""

    name: str
    url: str
    counts: bool
    why: str


@dataclass(frozen=True)
class Part:
    """The indicator at one level: `level` as `school.models.Level` has it."""

    level: str
    numerator: int
    denominator: int | None


@dataclass(frozen=True)
class ParentIndicator:
    """`denominator` is None for a count (P27). `why_none` says why there is no number, empty where there is one."""

    code: str
    numerator: int
    denominator: int | None
    behind: tuple[Behind, ...]
    parts: tuple[Part, ...] = ()
    why_none: str = ""

    @property
    def value(self) -> float | None:
        """In percent, one decimal, half up; the number itself for a count; None of nobody."""
        if self.denominator is None:
            return float(self.numerator)
        if not self.denominator:
            return None
        return (self.numerator * 2000 + self.denominator) // (2 * self.denominator) / 10

    @property
    def words(self) -> str:
        """«50,0 %»; «3»; «—» of nobody."""
        return str(self.numerator) if self.denominator is None else percent(self.numerator, self.denominator)


def parent_indicators(
    user: Viewer | None, school: School, year: AcademicYear, first: date, last: date
) -> dict[str, ParentIndicator]:
    """By code, from day to day (both inside) of the year; names of those whom the person sees, of all for None.

    P24 and P26 are of the whole school whoever asks: the first knows no names, the second is about colleagues
    (`can_see_feedback` says who may read it).
    """
    involved = involved_parents(user, school, year, first, last)
    return {
        "P23": _involved(involved),
        "P24": _satisfied(school, first, last),
        "P25": _agreed(agreed_routes(user, school, first, last)),
        "P26": _fed_back(feedback_given(school, first, last).workers),
        "P27": _held(involved),
    }


def _involved(involved: Involved) -> ParentIndicator:
    whole = next(share for share in involved.shares if share.level == WHOLE)
    parts = tuple(Part(one.level, one.part, one.of) for one in involved.shares if one.level != WHOLE)
    behind = tuple(map(_parent, involved.parents))
    return ParentIndicator("P23", whole.part, whole.of, behind, parts, "" if whole.of else "Родители не записаны.")


def _parent(one: InvolvedParent) -> Behind:
    return Behind(one.name, reverse("desk:pupil", args=[one.children[0].pupil]), one.facts.involved, one.how)


def _satisfied(school: School, first: date, last: date) -> ParentIndicator:
    share = satisfaction_share(school, first, last)
    behind = tuple(
        Behind(
            one.title,
            reverse("surveys:results", args=[one.key]),
            True,
            f"удовлетворены {one.told.numerator} из {one.told.denominator}",
        )
        for one in share.sources
    )
    return ParentIndicator("P24", share.numerator, share.denominator, behind, (), share.why_none)


def _agreed(routes: tuple[AgreedRoute, ...]) -> ParentIndicator:
    behind = tuple(
        Behind(
            f"{one.pupil}, {one.school_class}: {one.kind.lower()}",
            reverse("routes:route", args=[one.route]),
            one.facts.agreed,
            one.said,
        )
        for one in routes
    )
    return _share("P25", behind, "Маршрутов, которые действовали в эти дни, нет.")


def _fed_back(workers: tuple[WorkerFeedback, ...]) -> ParentIndicator:
    talks = reverse("parents:talks")
    behind = tuple(
        Behind(one.name, f"{talks}?teacher={one.staff}" if one.facts.talks else "", one.active, one.words)
        for one in workers
    )
    return _share("P26", behind, "Педагогов в школе не записано.")


def _share(code: str, behind: tuple[Behind, ...], why_none: str) -> ParentIndicator:
    return ParentIndicator(code, sum(one.counts for one in behind), len(behind), behind, (), "" if behind else why_none)


def _held(involved: Involved) -> ParentIndicator:
    parts = tuple(Part(one.level, one.number, None) for one in involved.counts if one.level != WHOLE)
    return ParentIndicator("P27", len(involved.events), None, tuple(_events(involved)), parts)


def _events(involved: Involved) -> Iterator[Behind]:
    for event in involved.events:
        yield Behind(event.title, reverse("events:event", args=[event.pk]), True, f"{event.on:%d.%m.%Y}")
