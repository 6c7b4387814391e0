"""The class page («Класс»)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from desk.selectors.school_class import MEANS, RESULTS, class_page, class_with_periods
from desk.views.asked import asked_number


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Pupils × subjects; `?period=1&view=results` shows the results of another period."""
    school_class = get_object_or_404(class_with_periods(request.user), pk=pk)
    view = RESULTS if request.GET.get("view") == RESULTS else MEANS
    told = class_page(request.user, school_class, number=asked_number(request, "period"), view=view)
    return render(request, "desk/class.html", {"page": told})
