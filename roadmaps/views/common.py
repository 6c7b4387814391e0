"""What the pages of the roadmap share: who comes in, which roadmap is shown, the tabs."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from common.look import Tab
from roadmaps.models import Activity, Occurrence, Roadmap
from roadmaps.permissions import can_edit_roadmap, can_mark, can_see_roadmap
from school.models import AcademicYear, School, User
from school.selectors import current_year_of
from school.views.base import reader
from school.views.filtering import whole_number

UP = "Дорожная карта"
_PAGES = (("Список", "roadmap:list"), ("Доска", "roadmap:board"), ("Ось времени", "roadmap:axis"))


def roadmap_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_roadmap(user):
        raise PermissionDenied("Дорожную карту видят сотрудники школы.")
    return user, school


def roadmap_editor(request: HttpRequest) -> tuple[User, School]:
    """The deputy and the director."""
    user, school = roadmap_reader(request)
    if not can_edit_roadmap(user):
        raise PermissionDenied("Дорожную карту ведут и утверждают заместитель директора и директор.")
    return user, school


@dataclass(frozen=True)
class Asked:
    """The year of `?year=`, else the current one; its roadmap; those of other years."""

    year: AcademicYear | None
    row: Roadmap | None
    others: tuple[Roadmap, ...]


def asked_roadmap(request: HttpRequest, user: User, school: School) -> Asked:
    """One query; of a year without a roadmap one more."""
    rows = list(Roadmap.objects.visible_to(user).select_related("school", "year"))
    wanted, today = whole_number(request.GET.get("year")), school.today()
    found = next((row for row in rows if _is_asked(row.year, wanted, today)), None)
    year = found.year if found is not None else _year(user, wanted)
    row = next((one for one in rows if one.year == year), None)
    return Asked(year, row, tuple(one for one in rows if one != row))


def _is_asked(year: AcademicYear, wanted: int | None, today: date) -> bool:
    return year.starts <= today <= year.ends if wanted is None else year.start == wanted


def _year(user: User, wanted: int | None) -> AcademicYear | None:
    year = current_year_of(user)
    if wanted is None or year is None or wanted == year.start:
        return year
    return AcademicYear.objects.filter(school=user.school, start=wanted).first()


def roadmap_tabs(roadmap: Roadmap, current: str, late: int = 0) -> list[Tab]:
    """The views of one roadmap; a year that is not asked for by default stays in the address."""
    query = f"?year={roadmap.year.start}"
    pages = [*_PAGES, ("Доли мероприятий", "roadmap:shares")]
    return [Tab(title, f"{reverse(name)}{query}", name == current) for title, name in pages]


def home_of(roadmap: Roadmap) -> tuple[str, str]:
    """Where pages of the roadmap belong: title and address."""
    return UP, f"{reverse('roadmap:list')}?year={roadmap.year.start}"


def edited_roadmap(request: HttpRequest, pk: int) -> tuple[User, Roadmap]:
    """A roadmap of the own school for whoever keeps it; 404 for another school's."""
    user, _ = roadmap_reader(request)
    row = get_object_or_404(Roadmap.objects.visible_to(user).select_related("school", "year"), pk=pk)
    roadmap_editor(request)
    return user, row


def seen_activity(request: HttpRequest, pk: int) -> tuple[User, Activity]:
    """An activity of the own school."""
    user, _ = roadmap_reader(request)
    rows = Activity.objects.filter(roadmap__in=Roadmap.objects.visible_to(user))
    rows = rows.select_related("direction", "roadmap__school", "roadmap__year").prefetch_related("people")
    return user, get_object_or_404(rows, pk=pk)


def edited_activity(request: HttpRequest, pk: int) -> tuple[User, Activity]:
    """The same for whoever keeps the roadmap."""
    user, row = seen_activity(request, pk)
    roadmap_editor(request)
    return user, row


def marked_activity(request: HttpRequest, pk: int) -> tuple[User, Activity]:
    """The same for whoever answers for it."""
    user, row = seen_activity(request, pk)
    check_marks(user, row)
    return user, row


def seen_occurrence(request: HttpRequest, pk: int) -> tuple[User, Occurrence]:
    """A deed of an activity of the own school."""
    user, _ = roadmap_reader(request)
    rows = Occurrence.objects.filter(activity__roadmap__in=Roadmap.objects.visible_to(user))
    rows = rows.select_related("activity__roadmap__school", "activity__roadmap__year")
    return user, get_object_or_404(rows, pk=pk)


def check_marks(user: User, activity: Activity) -> None:
    """403 for whoever does not answer for the activity."""
    if not can_mark(user, activity):
        raise PermissionDenied("Отметки ставят ответственные за мероприятие, заместитель директора и директор.")


def seen_version(request: HttpRequest, now: int) -> int:
    """The version that the person saw; what no page has sent is none, and the service refuses it."""
    told = request.POST.get("version")
    return now if told is None else -1 if (seen := whole_number(told)) is None else seen
