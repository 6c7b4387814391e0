"""Files of pupils and staff: preview, write, undo."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.errors import Refused
from common.look import Tab
from common.tabular import UnreadableFile
from school.forms.imports import SchoolFileForm
from school.models import ImportBatch, User
from school.selectors import open_years
from school.services.imports import batch_apply, batch_discard, batch_preview, batch_refresh, undo
from school.views.base import answer_deed, editor, sent

form_view = require_http_methods(["GET", "POST"])
_PER_PAGE = 50
_KINDS = (ImportBatch.Kind.PUPILS, ImportBatch.Kind.STAFF)
_WORDS = {
    ImportBatch.Kind.PUPILS: {
        "heading": "Загрузка контингента",
        "columns": "«Фамилия», «Имя», «Отчество» (или «ФИО») и «Класс»; если есть — «Ид.», «Дата рождения», «Пол», "
        "«Родитель», «Телефон родителя», «Дата перевода», «ОВЗ»",
        "missing": "Кого нет в файле, тот остаётся в школе: выбытие отмечают на странице обучающегося.",
    },
    ImportBatch.Kind.STAFF: {
        "heading": "Загрузка сотрудников",
        "columns": "«ФИО», «Должность», «Предмет», «Классы»; если есть — «Классное руководство», «Электронная почта»",
        "missing": "Кого нет в файле, тот остаётся. Логины при загрузке не создаются, их выдают отдельно.",
    },
}
_SHOWN = {"created": "Новые", "moved": "Переводы", "updated": "Изменения", "rejected": "Отвергнуто"}


def _up() -> tuple[str, str]:
    """The list of all batches."""
    return "Импорт", reverse("gradebook:imports")


@form_view
def pupils_upload(request: HttpRequest) -> HttpResponse:
    """Take a contingent file."""
    return _upload(request, ImportBatch.Kind.PUPILS)


@form_view
def staff_upload(request: HttpRequest) -> HttpResponse:
    """Take a staff file."""
    return _upload(request, ImportBatch.Kind.STAFF)


def _upload(request: HttpRequest, kind: ImportBatch.Kind) -> HttpResponse:
    user, school = editor(request)
    form = SchoolFileForm(
        sent(request), request.FILES or None, years=open_years(school), asked=request.GET.get("year", "")
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = batch_preview(
                by=user, school=school, kind=kind, name=file.name, content=file.read(), year=form.year
            )
        except (UnreadableFile, Refused) as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("school:import_batch", batch.pk)
    told = {"form": form, "words": _WORDS[kind], "up": _up()}
    return render(request, "school/import_upload.html", told, status=422 if request.method == "POST" else 200)


def _own(request: HttpRequest, pk: int) -> tuple[User, ImportBatch]:
    user, school = editor(request)
    rows = ImportBatch.objects.select_related("by", "undone_by", "by__staff", "undone_by__staff", "year")
    return user, get_object_or_404(rows, pk=pk, school=school, kind__in=_KINDS)


@require_GET
def batch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change, or what it changed."""
    _, batch = _own(request, pk)
    counts = {show: len(rows) for show, rows in _rows(batch).items()}
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in _SHOWN else next((show for show in _SHOWN if counts[show]), "created")
    told = {
        "batch": batch,
        "file": batch.files.first(),
        "words": _WORDS[ImportBatch.Kind(batch.kind)],
        "up": _up(),
        "summary": batch.summary,
        "title": "Что изменится" if batch.state == ImportBatch.State.PREVIEW else "Что изменилось",
        "changed": counts["updated"],
        "nothing": not any(counts[show] for show in ("created", "moved", "updated")),
        "tabs": [Tab(title, f"?show={show}", show == chosen, counts[show]) for show, title in _shown(batch).items()],
        "show": chosen,
        "page": Paginator(_rows(batch)[chosen], _PER_PAGE).get_page(request.GET.get("page")),
        "pupils": batch.kind == ImportBatch.Kind.PUPILS,
    }
    return render(request, "school/import_batch.html", told)


def _shown(batch: ImportBatch) -> dict[str, str]:
    """What may happen to the rows of a file; staff are not moved between classes."""
    return {show: title for show, title in _SHOWN.items() if show != "moved" or batch.kind == ImportBatch.Kind.PUPILS}


def _rows(batch: ImportBatch) -> dict[str, list[Any]]:
    """Lines by what happens to them; the names of `_SHOWN`."""
    found: dict[str, list[Any]] = {show: [] for show in _SHOWN}
    for line in batch.summary.get("lines", []):
        found[line["kind"]].append(line)
    found["rejected"] = batch.summary.get("rejected", [])
    return found


def _page_of(batch: ImportBatch) -> str:
    return reverse("school:import_batch", args=[batch.pk])


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was previewed."""
    user, batch = _own(request, pk)
    try:
        batch_apply(by=user, batch=batch)
    except Refused as refusal:
        messages.error(request, refusal.message)
        if batch.state == ImportBatch.State.PREVIEW:
            batch_refresh(by=user, batch=batch)
    else:
        messages.success(request, "Записано.")
    return redirect(_page_of(batch))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse the file: nothing of it is written."""
    user, batch = _own(request, pk)
    done = "Файл отброшен, ничего не записано."
    return answer_deed(request, lambda: batch_discard(by=user, batch=batch), done, _page_of(batch), _up()[1])


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what the file changed."""
    user, batch = _own(request, pk)
    return answer_deed(request, lambda: undo(by=user, batch=batch), "Загрузка отменена.", _page_of(batch))
