"""The class page («Класс»)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from desk.selectors.school_class import MEANS, VIEWS, class_page, class_with_periods
from desk.views.asked import asked_number
from school.models import User


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Pupils × subjects; `?period=1&view=results` shows another period's results, `missed`, `signals` its lists."""
    user = request.user
    assert isinstance(user, User)  # a visitor is at the door
    school_class = get_object_or_404(class_with_periods(user), pk=pk)
    asked = request.GET.get("view", MEANS)
    view = asked if asked in VIEWS else MEANS
    told = class_page(user, school_class, number=asked_number(request, "period"), view=view)
    return render(request, "desk/class.html", {"page": told})
