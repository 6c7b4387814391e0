"""All pupils of a period by what the marks say: where every count of a report leads."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.russian import counted
from risk_registry.categories import Category
from risk_registry.selectors.categories import UNRATED, CategoryQuery, category_rows, pupil_rows
from risk_registry.selectors.registry import DEFAULT_SORT
from risk_registry.views.registry import reader
from risk_registry.views.registry_page import OF_SIGNALS, PER_PAGE, frame_of, head_context
from school.views.filtering import chips_of

_LABELS = {"text": "Фамилия", "cls": "Класс", "category": "Категория", "subject": "Предмет"}
MORE_CATEGORIES = [(Category.NONE.value, Category.NONE.label), (UNRATED, "Нет данных")]


@require_GET
def category_list(request: HttpRequest) -> HttpResponse:
    """The contingent of the period with categories; those of whom nothing is known say so."""
    frame = frame_of(request, reader(request), more_categories=MORE_CATEGORIES, without=(*OF_SIGNALS, "causes"))
    if frame is None:
        return render(request, "risk_registry/category_list.html", {"period": None})
    chosen = frame.chosen
    query = CategoryQuery(
        period=frame.period,
        category=chosen.get("category", ""),
        school_class=chosen.get("cls"),
        subject=chosen.get("subject"),
        text=chosen.get("text", ""),
        sort=chosen.get("sort", DEFAULT_SORT),
    )
    page = Paginator(category_rows(frame.user, query), PER_PAGE).get_page(request.GET.get("page"))
    told = {
        **head_context(frame),
        "page": page,
        "rows": pupil_rows(page.object_list, frame.names),
        "chips": chips_of(request, frame.form, chosen, _LABELS),
        "lead": counted(page.paginator.count, "обучающийся", "обучающихся", "обучающихся"),
        "form": frame.form,
        "sort": query.sort,
    }
    return render(request, "risk_registry/category_list.html", told)
