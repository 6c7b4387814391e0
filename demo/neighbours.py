"""The other schools of the demo's municipality: what they answer, so that schools side by side differ."""

from datetime import date

from demo.decisions import on_day
from monitoring.catalogue import INDICATORS
from monitoring.services_measures import period_freeze, value_set
from school.models import Period, Pupil, School, SocialRecord, Staff, User
from school.roles import Position

_DAY = date(2026, 11, 12)
_SPECIAL_NEEDS, _NON_NATIVE = 17, 29  # every so-many-th pupil
# Each school in turn: R05, R07, R08, R09; None is not answered yet.
_ANSWERS: tuple[dict[str, int], ...] = (
    {"R05": 1, "R07": 0, "R08": 1, "R09": 1},
    {"R05": 0, "R08": 0},
    {"R05": 1, "R07": 1, "R09": 0},
)


def settle(school: School, number: int) -> None:
    """One of them, from 1: facts of the contingent, the deputy's answers; every third has not frozen its quarter."""
    _state_facts(school)
    by = _deputy(school, number)
    with on_day(school, _DAY):
        period = Period.objects.select_related("year__school__settings").get(
            year__school=school, year__start=2026, system="quarters", number=1
        )
        for code, answer in _ANSWERS[(number - 1) % len(_ANSWERS)].items():
            value_set(
                by=by, period=period, indicator=INDICATORS[code], number=answer, of=1, text="Справка школы",
                content=None,
            )  # fmt: skip
        if number % len(_ANSWERS):
            period_freeze(by=None, period=period)


def _state_facts(school: School) -> None:
    keys = Pupil.objects.filter(school=school).order_by("pk").values_list("pk", flat=True)
    SocialRecord.objects.bulk_create(
        SocialRecord(pupil_id=key, special_needs=not place % _SPECIAL_NEEDS, non_native_russian=not place % _NON_NATIVE)
        for place, key in enumerate(keys, start=1)
        if not place % _SPECIAL_NEEDS or not place % _NON_NATIVE
    )


def _deputy(school: School, number: int) -> User:
    """Answers, but nobody logs in as this person."""
    staff = Staff.objects.filter(school=school, positions__position=Position.DEPUTY).earliest("pk")
    return User.objects.create_user(f"zavuch-{number + 1}", school=school, staff=staff)
