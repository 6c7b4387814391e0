"""The background work that prints routes: one, those of a class or of the school; one file or a zip of many."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from common.errors import Refused
from common.russian import counted
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params, Progress
from documents.services.files import KEEP_DAYS, file_store
from documents.services.jobs import job_request
from iom.models import Route, RouteVersion
from iom.permissions_routes import can_see_routes
from iom.reading import NEEDS_ROUTE
from iom.reports.route_print import Forms, name_of, one_file, routes_pdfs, title_of
from iom.reports.route_sheet import RouteSheet, in_order, sheets_of, version_sheet
from iom.words import RouteKind
from school.access import access_of
from school.models import School, User
from school.services.reading import log_reading

PRINT = "iom.routes_print"
FILE = "iom.routes_file"
_GONE = "Этих маршрутов больше нет или они вам недоступны: обновите страницу."


def routes_request(
    *, by: User, school: School, routes: Sequence[int], forms: Forms, course: bool, packed: bool, key: str
) -> Job:
    """Order routes on paper: `course` with what came of them, `packed` a file each in a zip. Raises `Refused`."""
    if not routes:
        raise Refused("Печатать нечего: по этим условиям маршрутов нет.")
    told = {"school": school.pk, "routes": list(routes), "route": forms.route, "parents": forms.parents}
    params = told | {"course": course, "packed": packed}
    title = f"Печать: {counted(len(routes), 'маршрут', 'маршрута', 'маршрутов')}"
    return job_request(by=by, school=school, kind=PRINT, params=params, key=key, title=title)


def version_request(*, by: User, version: RouteVersion, key: str) -> Job:
    """Order an approved version as it was."""
    route = version.route
    params = {"school": route.school_id, "routes": [route.pk], "version": version.number}
    title = f"Печать: маршрут, версия {version.number}"
    return job_request(by=by, school=route.school, kind=PRINT, params=params, key=key, title=title)


def may_print(user: User, params: Params) -> bool:
    """Whoever sees routes in that school; which of them is asked when they are read."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_routes(user)


def may_fetch(user: User, params: Params) -> bool:
    """The asker, as long as all that is in the file is still theirs to see."""
    if params.get("asked_by") != user.pk or not may_print(user, params):
        return False
    return Route.objects.visible_to(user).filter(pk__in=params["routes"]).count() == len(params["routes"])


def note_reading(user: User, params: Params) -> None:
    """Routes of special needs that leave in a file are read by whoever takes it."""
    _note(user, params["routes"])


def run_print(run: JobRun) -> JobOutcome:
    """Make the papers with the rights that the person has now."""
    params: Any = run.params
    sheets = _sheets(run.user, params)
    _note(run.user, [sheet.route for sheet in sheets])
    forms = Forms(route=params.get("route", True), parents=params.get("parents", False))
    tell = _teller(run.progress, len(sheets))
    packed = params.get("packed", False)
    kind = "zip" if packed else "pdf"
    file = file_store(
        by=run.user,
        school=run.school,
        kind=FILE,
        params={"school": params["school"], "routes": [sheet.route for sheet in sheets], "asked_by": run.user.pk},
        name=f"{name_of(sheets)}.{kind}",
        content=(zip_of if packed else one_file)(sheets, forms, done=tell),
        content_type=CONTENT_TYPES[kind],
    )
    told = counted(len(sheets), "маршрут", "маршрута", "маршрутов")
    return JobOutcome(file=file, message=f"Готово: {told}. Файл хранится {KEEP_DAYS} дней.")


def _sheets(user: User, params: Any) -> list[RouteSheet]:
    routes = Route.objects.visible_to(user).filter(pk__in=params["routes"], school=params["school"])
    if params.get("version"):
        chosen = RouteVersion.objects.filter(route__in=routes, number=params["version"])
        sheets = [version_sheet(version) for version in chosen.select_related("route__school", "route__pupil")]
    else:
        today = access_of(user).today
        assert today is not None
        sheets = sheets_of(in_order(routes), as_of=today, course=params["course"])
    if not sheets:
        raise Refused(_GONE)
    return sheets


def _note(user: User, routes: Iterable[int]) -> None:
    needs = Route.objects.filter(pk__in=list(routes), kind=RouteKind.NEEDS).values_list("pupil", flat=True)
    log_reading(by=user, pupils=[pupil for pupil in needs if pupil is not None], what=NEEDS_ROUTE)


def _teller(progress: Progress, number: int) -> Callable[[int], None]:
    return lambda done: progress(5 + 90 * done // number, f"Готово {done} из {number}")


def zip_of(sheets: Sequence[RouteSheet], forms: Forms, *, done: Callable[[int], None]) -> bytes:
    """A file each: «7А. Белова Ева Артёмовна.pdf»; of two alike the second has its number."""
    kept, names = BytesIO(), set()
    made = zip(sheets, routes_pdfs(sheets, forms), strict=True)
    with ZipFile(kept, "w", ZIP_STORED) as packed:
        for number, (sheet, content) in enumerate(made, 1):
            name = title_of(sheet.paper).replace("/", "-")
            name = name if name not in names else f"{name}, {sheet.paper.kind}, {sheet.route}"
            names.add(name)
            packed.writestr(f"{name}.pdf", content)
            done(number)
    return kept.getvalue()
