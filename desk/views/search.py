"""The search box of every page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from desk.selectors.search import found_pupils

_PER_PAGE = 50


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Pupils by parts of their name; the only one found is opened at once."""
    text = request.GET.get("q", "").strip()
    page = Paginator(found_pupils(request.user, text), _PER_PAGE).get_page(request.GET.get("page"))
    if page.paginator.count == 1:
        return redirect("desk:pupil", page.object_list[0].pk)
    return render(request, "desk/search.html", {"text": text, "page": page})
