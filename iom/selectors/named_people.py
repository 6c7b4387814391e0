"""People whom a table of the school names: in full, by initials, by surname. Recognised when only one fits."""

from collections import defaultdict
from collections.abc import Iterable

from common.names import class_key, name_key
from school.access import pupils_for
from school.models import AcademicYear, Enrolment, Pupil, Staff, User

Seats = list[tuple[str, Pupil]]


def seats_of(user: User, year: AcademicYear) -> Seats:
    """The class of each visible pupil today, as a key, with the pupil; one query."""
    visible = pupils_for(user).order_by().values("pk")
    rows = Enrolment.objects.on(year.school.today()).filter(pupil__in=visible, school_class__year=year)
    return [(class_key(str(row.school_class)), row.pupil) for row in rows.select_related("pupil", "school_class")]


def recognised(words: Iterable[str], places: Iterable[str], seats: Seats) -> tuple[list[Pupil], list[str]]:
    """Pupils by name among those of these classes, or of the school where none is named."""
    classes = {class_key(name) for name in places}
    near = [pupil for place, pupil in seats if not classes or place in classes]
    known: dict[str, list[Pupil]] = defaultdict(list)
    for pupil in near:
        for word in _names_of(pupil.last_name, pupil.first_name, pupil.middle_name):
            known[word].append(pupil)
    found, left = [], []
    for word in words:
        people = known.get(_bare(word), [])
        if len(people) == 1:
            found.append(people[0])
        else:
            left.append(word)
    return list(dict.fromkeys(found)), left


def _names_of(last: str, first: str, middle: str) -> set[str]:
    """How lists write a person: in full, by name, by initials, by surname."""
    initials = f"{first[:1]}{middle[:1]}"
    return {
        _bare(text)
        for text in (f"{last} {first} {middle}", f"{last} {first}", f"{last} {initials}", f"{last} {first[:1]}", last)
    }


def _bare(text: str) -> str:
    """«Гречко П. С.» and «ГРЕЧКО П.С.» are «гречко пс»; full names stay words."""
    parts = name_key(text).replace(".", " ").split()
    letters = "".join(part for part in parts[1:] if len(part) <= 2)
    return " ".join([*parts[:1], *(part for part in parts[1:] if len(part) > 2), *([letters] if letters else [])])


def staff_named(text: str, staff: Iterable[Staff]) -> Staff | None:
    """The only person of that name."""
    wanted = _bare(text)
    found = [one for one in staff if wanted and wanted in _names_of(one.last_name, one.first_name, one.middle_name)]
    return found[0] if len(found) == 1 else None
