"""Indicators P01, P02, P04 with names, what visits tell of P05–P08, the value that a person sets."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from common.look import Chip, Figure
from school.models import School, User
from school.selectors import current_year
from school.views.base import FormPage, answer_form, asked, sent
from school.views.outdated import form_view
from teaching.forms import ValueForm
from teaching.permissions import can_confirm, can_read_all
from teaching.rules.evidence import SEEN_BY_VISITS, Code
from teaching.selectors.indicators import StaffShare, staff_shares
from teaching.services.visits import value_set
from teaching.views.base import tabs_of, teaching_reader

_SHOWN = {"": "Все", "yes": "Считаются", "no": "Нет записи"}


def _reader(request: HttpRequest) -> tuple[User, School]:
    user, school = teaching_reader(request)
    if not can_read_all(user):
        raise PermissionDenied("Показатели видят директор, заместитель директора и руководители ШМО.")
    return user, school


def _day(request: HttpRequest, today: date) -> date:
    """`?on=`, not later than today."""
    try:
        found = parse_date(asked(request, "on"))
    except ValueError:
        found = None
    return min(found, today) if found is not None else today


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """All seven on a day; each number leads to its names."""
    user, school = _reader(request)
    on = _day(request, school.today())
    shares = list(staff_shares(school, on, current_year(school)).values())
    counted = [one for one in shares if not one.by_visits]
    seen = [one for one in shares if one.by_visits]
    shown = {
        "tabs": tabs_of(user, "indicators"),
        "on": on,
        "today": school.today(),
        "counted": [_figure(one) for one in counted],
        "seen": [_figure(one) for one in seen],
        "values": seen,
        "notes": [one for one in shares if one.passport.note],
        "sets": can_confirm(user),
    }
    return render(request, "teaching/indicators.html", shown)


def _figure(one: StaffShare) -> Figure:
    url = f"{reverse('teaching:indicator', args=[one.code.value])}?list=yes&on={one.on.isoformat()}"
    return Figure(f"{one.code}. {one.code.label}", one.words, url, f"{one.number} из {one.of}")


def _code(code: str, *, among: tuple[Code, ...] = tuple(Code)) -> Code:
    if code not in [one.value for one in among]:
        raise Http404
    return Code(code)


@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Who is behind a number, by name, with what each counts by; `?list=yes` the numerator, `no` the rest."""
    user, school = _reader(request)
    on, shown = _day(request, school.today()), asked(request, "list")
    share = staff_shares(school, on, current_year(school))[_code(code)]
    rows = [one for one in share.people if shown not in ("yes", "no") or one.counts == (shown == "yes")]
    chips = [
        Chip(words, f"?list={key}&on={on.isoformat()}", key == shown or (not key and shown not in _SHOWN))
        for key, words in _SHOWN.items()
    ]
    told = {"share": share, "rows": rows, "chips": chips, "on": on, "sets": share.by_visits and can_confirm(user)}
    return render(request, "teaching/indicator.html", told)


@form_view
def value_setting(request: HttpRequest, code: str) -> HttpResponse:
    """Set the value of P05–P08: visits are beside it, the number is the person's."""
    user, school = _reader(request)
    which = _code(code, among=SEEN_BY_VISITS)
    if not can_confirm(user):
        raise PermissionDenied("Значение ставят заместитель директора и руководители ШМО.")
    year = current_year(school)
    if year is None:
        raise Http404
    share = staff_shares(school, school.today(), year)[which]
    before = share.value
    form = ValueForm(sent(request), initial={"number": before.number, "text": before.text} if before else {})
    seen = f"По посещениям: {share.number} из {share.of}."
    up = (f"{which}. {which.label}", reverse("teaching:indicator", args=[which.value]))
    page = FormPage(f"Значение показателя {which}", up, done="Значение записано.", meta=seen)

    def save() -> None:
        told = form.cleaned_data
        value_set(
            by=user, year=year, code=which, number=told["number"], of=share.of, seen=share.number, text=told["text"]
        )

    return answer_form(request, page, form, save)
