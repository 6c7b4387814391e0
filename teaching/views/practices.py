"""The bank of practices: one of them with files and who applied it, writing it down, correcting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from school.models import Subject
from school.selectors_history import history_of
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view
from teaching.forms import PracticeFileForm, PracticeForm
from teaching.models import Practice, PracticeFile
from teaching.permissions import can_write_own
from teaching.rights import may_change, may_decide
from teaching.services.practices import practice_add, practice_apply, practice_change, practice_file_add
from teaching.services.records import is_own, small_remove
from teaching.views.base import changed_record, colleagues, people_of, seen_record, teaching_reader, writer


@require_GET
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """One practice: what it is, its files, who applied it."""
    user, row = seen_record(request, Practice, pk, "staff", "coauthor", "subject", "decided_by__staff")
    uses = list(row.uses.filter(removed_at__isnull=True).select_related("staff").order_by("staff__sort_key"))
    shown = {
        "row": row,
        "what": "practice",
        "files": row.files.filter(removed_at__isnull=True, file__isnull=False).select_related("file"),
        "uses": uses,
        "applied": any(one.staff_id == user.staff_id for one in uses),
        "applies": row.is_confirmed and can_write_own(user) and not is_own(user, row),
        "changes_it": may_change(user, row),
        "decides": may_decide(user, row),
        "changes": history_of(row),
    }
    return render(request, "teaching/practice.html", shown)


@form_view
def practice_new(request: HttpRequest) -> HttpResponse:
    """Tell of a practice."""
    user, school, staff = writer(request)
    form = PracticeForm(
        sent(request),
        people=people_of(user, school),
        subjects=Subject.objects.filter(school=school),
        colleagues=colleagues(school),
        initial={"staff": staff.pk},
    )
    page = FormPage("Практика", ("Банк практик", reverse("teaching:practices")), "Записать", "Практика записана.")

    def save() -> str:
        made = practice_add(by=user, staff=form.person(staff), draft=form.draft())
        return _address(made.pk)

    return answer_form(request, page, form, save)


@form_view
def practice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a practice; it waits for confirmation again."""
    user, row = changed_record(request, Practice, pk)
    initial = {name: getattr(row, name) for name in ("title", "about", "topics", "link")}
    initial |= {"tags": ", ".join(row.tags), "subject": row.subject_id, "coauthor": row.coauthor_id}
    form = PracticeForm(
        sent(request),
        subjects=Subject.objects.filter(school=row.school),
        colleagues=colleagues(row.school).exclude(pk=row.staff_id),
        initial=initial,
    )
    page = FormPage("Исправить практику", (row.title, _address(pk)), done="Записано.", meta=row.title)

    def save() -> None:
        practice_change(by=user, practice=row, draft=form.draft())

    return answer_form(request, page, form, save)


@require_POST
def practice_use(request: HttpRequest, pk: int) -> HttpResponse:
    """«Применил(а)»: a tap, and a tap back."""
    user, _, staff = writer(request)
    _, row = seen_record(request, Practice, pk)
    return answer_deed(request, lambda: practice_apply(by=user, practice=row, staff=staff), "Записано.", _address(pk))


@form_view
def practice_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a paper."""
    user, row = changed_record(request, Practice, pk)
    form = PracticeFileForm(sent(request), request.FILES or None)
    page = FormPage("Приложить файл", (row.title, _address(pk)), "Приложить", "Файл приложен.", meta=row.title)

    def save() -> None:
        told = form.cleaned_data
        practice_file_add(by=user, practice=row, title=told["title"], content=told["file"])

    return answer_form(request, page, form, save)


@require_POST
def file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper back."""
    user, _ = teaching_reader(request)
    seen = Practice.objects.visible_to(user).order_by().values("pk")
    file = get_object_or_404(PracticeFile, pk=pk, practice__in=seen, removed_at__isnull=True)
    changed_record(request, Practice, file.practice_id)
    return answer_deed(
        request, lambda: small_remove(by=user, row=file, why="файл убран"), "Файл убран.", _address(file.practice_id)
    )


def _address(pk: int) -> str:
    return reverse("teaching:practice", args=[pk])
