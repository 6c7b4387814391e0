"""One page for the last weeks of a period: what it comes to, by class and subject, and what is missing to each."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.look import Chip
from common.russian import counted
from risk_registry.forms import EndingFilterForm
from risk_registry.permissions import can_see_works
from risk_registry.rules.distance import school_days_left
from risk_registry.selectors.ending import Ending, class_choices, ending_of
from risk_registry.selectors.lists import period_choice
from risk_registry.views.filtering import filter_data
from school.models import User
from school.views.filtering import chips_of, options_of, query_without, whole_number

# Two weeks before the end the «н/а» stand beside the twos; earlier only when they are asked for.
LAST_DAYS = 10
_LABELS = {"cls": "Класс", "subject": "Предмет"}


@require_GET
def ending_page(request: HttpRequest) -> HttpResponse:
    """Preliminary twos and «н/а» of the period under way, or of `?period=`; `?cls=` and `?subject=` leave some."""
    user = request.user
    if not isinstance(user, User) or not can_see_works(user):
        raise PermissionDenied("Итоги периода видят учителя своих классов и администрация школы.")
    choice = period_choice(user, whole_number(request.GET.get("period")), running=True)
    if choice.period is None:
        return render(request, "risk_registry/ending.html", {"period": None})
    period = choice.period
    subject = whole_number(request.GET.get("subject"))
    form = EndingFilterForm(
        filter_data(request, period), period=choice.options, cls=options_of(class_choices(user, period))
    )
    chosen = form.chosen()
    near = school_days_left(period.year.school.today(), period.ends, choice.holidays) <= LAST_DAYS
    few = request.GET.get("few", "1" if near else "0") == "1"
    found = ending_of(user, period, choice.holidays, school_class=chosen.get("cls"), subject=subject, few=few)
    told = {
        "period": period,
        "classification": choice.classification,
        "ending": found,
        "form": form,
        "shown": [
            Chip("Двойки", query_without(request, few="0"), not few),
            Chip("Двойки и «н/а»", query_without(request, few="1"), few),
        ],
        "chips": chips_of(request, form, chosen, _LABELS),
        "subject": next((name for key, name, _, _ in found.subjects if key == subject), ""),
        "subjects": [
            (name, query_without(request, subject=str(key)), two, few) for key, name, two, few in found.subjects
        ],
        "every": query_without(request, "subject") if subject is not None else "",
        "lead": _lead(found, few=few),
    }
    return render(request, "risk_registry/ending.html", told)


def _lead(found: Ending, *, few: bool) -> str:
    """«двоек 4, н/а 2 в 3 классах»."""
    counts = f"двоек {found.twos}" + (f", н/а {found.few}" if few else "")
    return f"{counts} в {counted(len(found.classes), 'классе', 'классах', 'классах')}"
