"""A result of a period or of the year entered by hand on the pupil's page, and a mark where there was none."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from common.errors import Refused
from desk.forms import MarkNewForm, ResultForm
from desk.selectors.book import Book, pupils_with_school, read_book
from desk.views.asked import asked_number
from gradebook.models import PeriodResult
from gradebook.permissions import can_correct_gradebook, sheet_right
from gradebook.selectors_sheet import SheetTerm, class_with_terms, terms_of
from gradebook.services.hand import NOT_ATTESTED, mark_add, period_result_excuse
from gradebook.services.sheet import results_enter
from gradebook.sheet import CellSent, CellState
from school.models import Enrolment, SchoolClass, Subject, User
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view


@form_view
def result(request: HttpRequest, pk: int, subject: int, of: str) -> HttpResponse:
    """The result of a period (`of` is its number) or of the year (a kind of result); with «н/а», whether excused."""
    pupil = get_object_or_404(pupils_with_school(request.user), pk=pk)
    book = read_book(request.user, pupil, year=asked_number(request, "year"))
    taught = get_object_or_404(Subject.objects.filter(school=pupil.school_id), pk=subject)
    user, school_class, term = _term(request, book, taught, of)
    standing = PeriodResult.objects.filter(
        pupil=pupil, subject=taught, year=school_class.year_id, kind=term.kind, period=term.period_pk
    ).first()
    value = standing.value if standing else ""
    form = ResultForm(
        sent(request), initial={"value": value, "excused": bool(standing and standing.excused), "was": value}
    )
    up = (f"{pupil.full_name}: {taught.name}", book.address("desk:subject", taught.pk))
    page = FormPage(
        f"{taught.name}: {term.title.lower()}",
        up,
        done="Итог записан. Категория пересчитана.",
        meta=f"{pupil.full_name}, {school_class}. Итог, поставленный вручную, сильнее следующих загрузок.",
    )

    def save() -> None:
        told = form.cleaned_data
        cell = CellSent(pupil.pk, taught.pk, told["value"], told["was"])
        _enter(user, (school_class, term), cell, told["excused"], told["comment"])

    return answer_form(request, page, form, save)


def _term(request: HttpRequest, book: Book, subject: Subject, of: str) -> tuple[User, SchoolClass, SheetTerm]:
    """Where the pupil sat at the end of the term, as far as the result is the person's to write; else 403 or 404."""
    user = request.user
    if not isinstance(user, User) or book.year is None:
        raise Http404("Ученик не числится ни в одном классе.")
    seats = [seat for seat in book.seats if seat.school_class.year_id == book.year.pk]
    for school_class in class_with_terms(user).filter(pk__in=[seat.school_class_id for seat in seats]):
        own = [seat for seat in seats if seat.school_class_id == school_class.pk]
        term = next((each for each in terms_of(school_class, book.today) if each.code == of), None)
        right = sheet_right(user, school_class)
        if term is not None and _sat(own, term, book.today) and right.covers(book.pupil.pk, subject.pk):
            return user, school_class, term
    raise PermissionDenied("Этот итог ставят администрация школы, классный руководитель и учитель предмета.")


def _sat(seats: list[Enrolment], term: SheetTerm, today: date) -> bool:
    """Whether one of the seats is that of the term's last day, or of today if that is sooner."""
    day = max(term.starts, min(term.ends, today))
    return any(seat.starts <= day and (seat.ends is None or day <= seat.ends) for seat in seats)


def _enter(user: User, at: tuple[SchoolClass, SheetTerm], cell: CellSent, excused: bool, comment: str) -> None:
    school_class, term = at
    [answer] = results_enter(by=user, school_class=school_class, term=term, cells=[cell], comment=comment)
    if answer.state is CellState.CLASH:
        raise Refused(f"Итог уже изменили, сейчас стоит «{answer.value or 'пусто'}». Посмотрите и решите снова.")
    if answer.state is CellState.REFUSED:
        raise Refused(f"Итог не записан: {answer.told}.")
    if cell.value == NOT_ATTESTED:
        written = PeriodResult.objects.get(
            pupil=cell.pupil,
            subject=cell.subject,
            year=school_class.year_id,
            kind=term.kind,
            period=term.period_pk,
        )
        if written.excused != excused:
            period_result_excuse(by=user, result=written, excused=excused)


@form_view
def mark_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A mark in any subject, also in one of which the pupil has nothing yet."""
    pupil = get_object_or_404(pupils_with_school(request.user), pk=pk)
    user = request.user
    if not isinstance(user, User) or not can_correct_gradebook(user, pupil):
        raise PermissionDenied("Отметки исправляет администрация школы, а учитель — в электронном журнале.")
    form = MarkNewForm(sent(request), school=pupil.school, initial={"day": pupil.school.today()})
    up = (pupil.full_name, reverse("desk:pupil", args=[pupil.pk]))
    page = FormPage("Новая отметка", up, "Добавить", "Отметка добавлена. Категория пересчитана.", meta=pupil.full_name)

    def save() -> str:
        mark_add(by=user, pupil=pupil, **form.cleaned_data)
        return reverse("desk:subject", args=[pupil.pk, form.cleaned_data["subject"].pk])

    return answer_form(request, page, form, save)
