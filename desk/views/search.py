"""The search box of every page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from desk.selectors.search import alike_pupils, found_others, found_pupils
from school.views.base import asked

_PER_PAGE = 50


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Pupils, classes and colleagues by parts of their name; the only one found is opened at once."""
    text = asked(request, "q")
    page = Paginator(found_pupils(request.user, text), _PER_PAGE).get_page(request.GET.get("page"))
    others = found_others(request.user, text)
    if page.paginator.count + len(others) == 1:
        return redirect("desk:pupil", page.object_list[0].pk) if page.paginator.count else redirect(others[0].url)
    alike = [] if page.paginator.count or others else alike_pupils(request.user, text)
    told = {"text": text, "page": page, "others": others, "alike": alike}
    return render(request, "desk/search.html", told)
