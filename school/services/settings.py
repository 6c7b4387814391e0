"""The school's card and its thresholds."""

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from school.events import ThresholdsChanged
from school.models import Municipality, School, SchoolSettings, User
from school.services.dependents import total_by_words
from school.services.organisation import school_create


@deed
def school_update(*, by: User | None, school: School, district: str, fields: dict[str, str]) -> None:
    """Correct the school's card; `district` is the municipality's name, a new one is made, empty means none."""
    for name, value in fields.items():
        setattr(school, name, value)
    before = school.municipality
    school.municipality = Municipality.objects.get_or_create(name=district)[0] if district else None
    school.save(update_fields=[*fields, "municipality"])
    if before is not None and before != school.municipality and not total_by_words(Municipality, [before.pk]):
        before.delete()  # a slip of the pen, seen by nobody


@deed
def thresholds_set(*, by: User | None, settings: SchoolSettings) -> None:
    """Judge by other numbers from now on; `settings` carries them, already checked."""
    settings.save()
    publish(ThresholdsChanged(settings.school))


@deed
def first_school_open(
    *, by: User, code: str, name: str, municipality: str, start: int, periods: str, upper: str
) -> School:
    """Make a school and let the administrator who asks for it be its own. Raises `Refused` when they have one."""
    if by.school_id is not None:
        raise Refused("У вас уже есть школа.")
    school = school_create(
        by=by, code=code, name=name, start=start, periods=periods, upper=upper, municipality=municipality
    )
    by.school = school
    by.save(update_fields=["school"])
    return school
