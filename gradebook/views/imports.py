"""Pages of imports: drop files, see what they would change, settle, write, undo."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from common.look import Tab
from common.names import name_key
from documents.formats import CONTENT_TYPES
from documents.rendering.xlsx import Sheet, render_xlsx
from gradebook import selectors_batches as reads
from gradebook.forms import UploadForm
from gradebook.imports.yearbook import class_name_key
from gradebook.jobs import read_request, write_request
from gradebook.models import FactKind
from gradebook.permissions import can_import_gradebook
from gradebook.selectors_profiles import LAYOUT_TITLES, layout_codes, profiles_to_choose
from gradebook.selectors_settling import classes_of_rows, decided_rows, grade_of_code, match_key, rows_left
from gradebook.services import batches
from gradebook.services.settling import rows_settle
from gradebook.services.undo import gradebook_undo
from school.models import ImportBatch, Pupil, School, Subject, User

_PER_PAGE = 50


def importer(request: HttpRequest) -> tuple[User, School]:
    user = cast(User, request.user)
    if user.school is None or not can_import_gradebook(user):
        raise PermissionDenied("Отметки загружают директор, заместитель директора и администратор.")
    return user, user.school


def batch_for(user: User, pk: int) -> ImportBatch:
    rows = reads.batches_for(user).filter(kind=ImportBatch.Kind.GRADEBOOK)
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """All batches, «данные на …» by class, and the place where files are dropped."""
    user, school = importer(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, periods=reads.periods_to_name(school), years=reads.years_to_name(school))
    if request.method == "POST" and form.is_valid():
        try:
            told = {name: form.cleaned_data[name] for name in ("period", "year")}
            batch = batches.batch_open(by=user, school=school, uploads=form.cleaned_data["chosen"], **told)
            read_request(by=user, batch=batch, key="first")
        except Refused as refusal:
            form.add_error("chosen", refusal.message)
        else:
            return redirect("gradebook:import", pk=batch.pk)
    context = {
        "form": form,
        "page": Paginator(reads.batches_for(user), _PER_PAGE).get_page(request.GET.get("page")),
        "classes": reads.fresh_classes(user),
    }
    return render(request, "gradebook/import_list.html", context, status=422 if form.errors else 200)


@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: progress, preview, or what came of it. While work goes on the page asks again by itself."""
    user, school = importer(request)
    batch = batch_for(user, pk)
    job = reads.job_of(batch)
    context = _detail_context(request, user, school, batch) | {"job": job}
    response = render(request, "gradebook/import_detail.html", context)
    if job is None and request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"
    return response


def _detail_context(request: HttpRequest, user: User, school: School, batch: ImportBatch) -> dict[str, Any]:
    summary = batch.summary
    totals = reads.totals_of(summary)
    changes = summary.get("changes", [])
    shown = request.GET.get("show", "updated")
    listed = [c for c in changes if bool(c["becomes"]) == (shown != "removed")]
    rejected = _rejected(batch)
    return {
        "batch": batch,
        "files": _files(batch),
        "totals": totals,
        "nothing": not any(row["created"] or row["updated"] or row["removed"] for row in totals),
        "created": sum(row["created"] for row in totals),
        "updated": sum(row["updated"] for row in totals),
        "removed": sum(row["removed"] for row in totals),
        "tabs": _change_tabs(changes, shown, done=batch.applied_at is not None),
        "changes": Paginator([_change(c) for c in listed], _PER_PAGE).get_page(request.GET.get("page")),
        "unmatched": (unmatched := _unmatched(batch)),
        "to_settle": any(row["decided"] or not row["coded"] for row in unmatched),
        "everybody": reads.pupils_to_choose(user) if unmatched else {},
        "rejected": rejected[:_PER_PAGE],
        "rejected_count": len(rejected),
        "codes": layout_codes(batch),
        "profiles": profiles_to_choose(school),
        "subjects": list(Subject.objects.filter(school=school)) if summary.get("new_subjects") else [],
        "periods": reads.periods_to_name(school) if _lacks_period(batch) else [],
        "kept": batches.batch_kept(batch),
        "failure": reads.last_failure(batch),
    }


def _lacks_period(batch: ImportBatch) -> bool:
    """Whether the files were refused for want of a period, which a person can name."""
    refused = batch.state == ImportBatch.State.REFUSED
    return refused and any("учебный период" in file["error"] for file in batch.summary.get("refused", []))


def _change_tabs(changes: list[dict[str, str]], shown: str, *, done: bool) -> list[Tab]:
    removed = sum(not change["becomes"] for change in changes)
    changed, gone = ("Изменились", "Исчезли") if done else ("Изменятся", "Исчезнут")
    counts = (("updated", changed, len(changes) - removed), ("removed", gone, removed))
    return [Tab(title, f"?show={name}#changes", name == shown, count) for name, title, count in counts]


def _change(change: dict[str, str]) -> dict[str, str]:
    day = ".".join(reversed(change["date"].split("-"))) if change["date"] else ""
    return {**change, "date": day, "kind": FactKind(change["kind"]).label}


def _files(batch: ImportBatch) -> list[dict[str, Any]]:
    """Each file with what it turned out to be; before reading only its name."""
    told = {file["file"]: file for file in batch.summary.get("files", [])}
    refused = {file["file"]: file["error"] for file in batch.summary.get("refused", [])}
    names = [*told, *(name for name in refused if name not in told)] or [file.name for file in batch.files.all()]
    return [
        {
            "name": name,
            "error": refused.get(name, ""),
            "layout": LAYOUT_TITLES.get(told[name]["layout"], "") if name in told else "",
            "sheets": told[name]["sheets"] if name in told else 0,
            "unmatched": len(told[name]["unmatched"]) if name in told else 0,
            "rejected": len(told[name]["rejected"]) if name in told else 0,
        }
        for name in names
    ]


def _rejected(batch: ImportBatch) -> list[dict[str, str]]:
    return [{"file": file["file"], **cell} for file in batch.summary.get("files", []) for cell in file["rejected"]]


def _unmatched(batch: ImportBatch) -> list[dict[str, Any]]:
    """Unknown rows with their candidates as people recognise them: class and birth date beside the name."""
    rows = rows_left(batch)
    if not rows:
        return []
    keys = {pk for row in rows for pk in row["candidate_ids"]}
    candidates = Pupil.objects.filter(school=batch.school, pk__in=keys)
    pupils = {pupil.pk: pupil for pupil in candidates}
    seats = reads.seats_of(candidates, batch.school.today())
    decided, classes = decided_rows(batch.school, rows), classes_of_rows(batch.school, rows)
    for place, row in enumerate(rows):
        row["place"], row["coded"] = place, grade_of_code(row) is not None
        row["options"] = [(pupils[pk], seats.get(pk, "")) for pk in row["candidate_ids"] if pk in pupils]
        row["decided"] = decided.get(match_key(row), "")
        row["enrol"] = classes.get((row["year"], class_name_key(row["class_name"]))) if " " in row["value"] else None
    return rows


@require_POST
def import_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the files again, perhaps with a period that they do not name."""
    user, _ = importer(request)
    batch = batch_for(user, pk)

    def deed() -> None:
        if "period" in request.POST:
            chosen = request.POST["period"]
            batches.batch_name_period(by=user, batch=batch, period=int(chosen) if chosen.isdigit() else None)
        read_request(by=user, batch=batch, key=request.POST.get("once", ""))

    return answer(request, batch, deed)


@require_POST
def import_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was previewed."""
    user, _ = importer(request)
    batch = batch_for(user, pk)
    accept = request.POST.get("accept") == "yes"
    if batch.summary.get("unusual") and not accept:
        messages.error(request, "Изменится необычно много. Если так и должно быть, отметьте это и запишите снова.")
        return redirect("gradebook:import", pk=pk)
    key = request.POST.get("once", "")
    return answer(request, batch, lambda: write_request(by=user, batch=batch, accept=accept, key=key))


def _chosen(request: HttpRequest, user: User) -> tuple[dict[int, int], str]:
    """Pupils chosen by place of the row, and the first typed text that is nobody's."""
    sent = {name.partition("-")[::2]: str(request.POST[name]).strip() for name in request.POST if "-" in name}
    rows = {(kind, place): value for (kind, place), value in sent.items() if place.isdigit() and value}
    chosen = {int(place): int(value) for (kind, place), value in rows.items() if kind == "row" and value.isdigit()}
    typed = {int(place): value for (kind, place), value in rows.items() if kind == "name"}
    known = reads.pupils_to_choose(user) if typed else {}
    meant = {place: _meant(value, known) for place, value in typed.items()}
    unknown = next((typed[place] for place, pupil in meant.items() if pupil is None), "")
    return chosen | {place: pupil for place, pupil in meant.items() if pupil is not None}, unknown


def _meant(typed: str, known: Mapping[str, int]) -> int | None:
    """Whom a hint or the whole name of the only one who has it means."""
    key = name_key(typed)
    fits = [pupil for label, pupil in known.items() if key in (name_key(label), name_key(label.partition(",")[0]))]
    return known.get(typed) or (fits[0] if len(fits) == 1 else None)


@require_POST
def import_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember whom unknown rows mean; read the files again, or of a written batch just these rows as a new one."""
    user, _ = importer(request)
    batch = batch_for(user, pk)
    chosen, unknown = _chosen(request, user)
    fresh = [int(name[4:]) for name, value in request.POST.items() if name[4:].isdigit() and value == "new"]
    if unknown:
        messages.error(request, f"Нет обучающегося «{unknown}»: выберите из подсказок под полем.")
        return redirect("gradebook:import", pk=pk)
    if not chosen and not fresh and "decided" not in request.POST:
        messages.error(request, "Ничего не решено и не взято: выберите, кого означает хотя бы одна строка.")
        return redirect("gradebook:import", pk=pk)
    target = [batch]

    def deed() -> None:
        made = rows_settle(by=user, batch=batch, choices=chosen, fresh=fresh)
        if made is not None:
            read_request(by=user, batch=made, key="first")
            target[0] = made
        elif batch.state == ImportBatch.State.PREVIEW:
            read_request(by=user, batch=batch, key=request.POST.get("once", ""))

    return answer(request, batch, deed, "Решение запомнено.", lambda: target[0])


@require_POST
def import_subjects(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which known subject a new heading means, and read again."""
    user, school = importer(request)
    batch = batch_for(user, pk)
    headings, chosen = request.POST.getlist("heading"), request.POST.getlist("subject")
    pairs = [(h, int(s)) for h, s in zip(headings, chosen, strict=False) if s.isdigit()]
    subjects = {s.pk: s for s in Subject.objects.filter(school=school, pk__in=[key for _, key in pairs])}

    def deed() -> None:
        for heading, key in pairs:
            if key not in subjects:
                raise Refused("Такого предмета в школе нет.")
            batches.subject_map(by=user, school=school, heading=heading, subject=subjects[key])
        read_request(by=user, batch=batch, key=request.POST.get("once", ""))

    return answer(request, batch, deed, "Предметы сопоставлены.")


@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a batch of which nothing is written."""
    user, _ = importer(request)
    batch = batch_for(user, pk)
    deed = lambda: batches.batch_discard(by=user, batch=batch)  # noqa: E731
    return answer(request, batch, deed, "Пачка отброшена, ничего не записано.")


@require_POST
def import_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the files of a written batch once more: the rows that were settled since, with `whole` all of them."""
    user, _ = importer(request)
    batch = batch_for(user, pk)
    try:
        fresh = batches.batch_again(by=user, batch=batch, whole="whole" in request.POST)
        read_request(by=user, batch=fresh, key="first")
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("gradebook:import", pk=pk)
    return redirect("gradebook:import", pk=fresh.pk)


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a written batch back."""
    user, _ = importer(request)
    batch = batch_for(user, pk)
    done = "Загрузка отменена: прежние отметки и итоги возвращены."
    return answer(request, batch, lambda: gradebook_undo(by=user, batch=batch), done)


@require_safe
def import_rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """Rejected cells as a workbook, for whoever will correct the journal."""
    user, _ = importer(request)
    batch = batch_for(user, pk)
    rows = [(c["file"], c["sheet"], c["cell"], c["value"], c["reason"]) for c in _rejected(batch)]
    book = render_xlsx([Sheet("Отвергнутые ячейки", ("Файл", "Лист", "Ячейка", "Значение", "Почему"), rows)])
    response = HttpResponse(book, content_type=CONTENT_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-rejected.xlsx"'
    return response


def answer(
    request: HttpRequest,
    batch: ImportBatch,
    deed: Callable[[], object],
    told: str = "",
    target: Callable[[], ImportBatch] | None = None,
) -> HttpResponse:
    """Do the deed and show the batch again, or the one it has made."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, refusal.message, extra_tags="")
        for detail in refusal.details[:10]:
            messages.error(request, detail)
    else:
        if told:
            messages.success(request, told)
    return redirect(reverse("gradebook:import", args=[(target() if target else batch).pk]))
