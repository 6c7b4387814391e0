"""The pupil's page («Карточка ученика») and what opens from it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from desk.card import CardFile, card_files
from desk.selectors.absences import absences_page
from desk.selectors.book import pupils_with_school, read_book
from desk.selectors.pupil import pupil_page, pupils_of_page
from desk.selectors.subject import subject_page
from desk.selectors.timeline import Asked
from desk.views.asked import asked_number
from gradebook.permissions import can_correct_gradebook
from school.access import Viewer, who_sees, why_visible
from school.models import Pupil, User
from school.pupil_parts import parts_for
from school.selectors_history import changes_in_words, pupil_events

_CHANGES_PER_PAGE = 50


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is and how it stands; `?period=2` shows another period, `?year=2026` another year.

    `?show=signals&when=1&all=1` shows events of a kind.
    """
    user = request.user
    pupil = get_object_or_404(pupils_of_page(user), pk=pk)
    when = asked_number(request, "when")
    asked = Asked(request.GET.get("show", ""), whole="all" in request.GET, when=when)
    told = pupil_page(request.user, pupil, asked_number(request, "period"), asked, asked_number(request, "year"))
    shown = {
        "page": told,
        "cards": _cards(request.user, pupil),
        "correctable": can_correct_gradebook(request.user, pupil),
    }
    return render(request, "desk/pupil.html", shown)


@require_GET
def subject(request: HttpRequest, pk: int, subject: int) -> HttpResponse:
    """The marks of one subject by date, with what was corrected."""
    book = read_book(request.user, _visible(request, pk), year=asked_number(request, "year"))
    found = subject_page(request.user, book, subject)
    if found is None:
        raise Http404("У ученика нет отметок по этому предмету.")
    return render(request, "desk/subject.html", {"page": found})


@require_GET
def absences(request: HttpRequest, pk: int) -> HttpResponse:
    """Missed lessons by day; `?reason=unexcused` those of one reason."""
    pupil = _visible(request, pk)
    told = absences_page(request.user, pupil, request.GET.get("reason", ""), asked_number(request, "year"))
    return render(request, "desk/absences.html", {"page": told})


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every recorded change of what is kept about the pupil."""
    pupil = _visible(request, pk)
    paged = Paginator(pupil_events(request.user, pupil), _CHANGES_PER_PAGE).get_page(request.GET.get("page"))
    told = {"pupil": pupil, "paged": paged, "changes": changes_in_words(paged.object_list)}
    return render(request, "desk/history.html", told)


@require_GET
def readers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sees the pupil's page, and why."""
    pupil = _visible(request, pk)
    told = {"pupil": pupil, "readers": who_sees(pupil), "mine": why_visible(request.user, pupil)}
    return render(request, "desk/readers.html", told)


def _cards(user: Viewer, pupil: Pupil) -> list[CardFile]:
    return card_files(user, pupil, parts_for(user, pupil)) if isinstance(user, User) else []


def _visible(request: HttpRequest, pk: int) -> Pupil:
    return get_object_or_404(pupils_with_school(request.user), pk=pk)
