"""Two people at one form: the second is told what the first has written, and loses nothing of what they typed."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from typing import Any

from django.db import transaction
from django.forms import BaseForm, ChoiceField, ModelChoiceField
from django.forms.models import BaseModelForm
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from school.services.once import address_lock

View = Callable[..., HttpResponse]
TOLD = (
    "Пока вы правили, эти данные изменил кто-то другой. Ваше осталось в форме: сохраните ещё раз, чтобы записать его."
)


def form_view(view: View) -> View:
    """A page that is one form. Two sendings to one address are carried out one after the other."""

    @wraps(view)
    def alone(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            address_lock(request.path)
            return view(request, *args, **kwargs)

    guarded: View = require_http_methods(["GET", "POST"])(alone)
    return guarded


def seen_of(form: BaseForm) -> str:
    """A mark of what stands now; empty for a form that corrects nothing."""
    if not _corrects(form):
        return ""
    standing = {name: _plain(form.get_initial_for_field(field, name)) for name, field in form.fields.items()}
    text = json.dumps(standing, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _corrects(form: BaseForm) -> bool:
    if isinstance(form, BaseModelForm):
        return form.instance.pk is not None
    return getattr(form, "corrects", False)


def _plain(value: Any) -> Any:
    """Rows by their keys, several in a fixed order."""
    if isinstance(value, list):
        return sorted(str(getattr(one, "pk", one)) for one in value)
    return "" if value is None else str(value)


def is_outdated(request: HttpRequest, form: BaseForm) -> bool:
    """Whether the form was filled in while something else stood, and would overwrite it."""
    return request.POST.get("seen", "") not in ("", seen_of(form)) and form.has_changed()


def outdated(form: BaseForm) -> Refused:
    """The refusal: of each field that the person wrote otherwise, what stands in it now."""
    return Refused(TOLD, list(_standing(form)))


def _standing(form: BaseForm) -> Iterator[str]:
    for name in form.changed_data:
        field = form.fields[name]
        yield f"Сейчас записано: {field.label} — {_in_words(field, form.get_initial_for_field(field, name))}."


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "пусто"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(field, ModelChoiceField):
        row = field.queryset.filter(pk=value).first() if field.queryset is not None else None
        return str(row) if row else "пусто"
    if isinstance(field, ChoiceField):
        return str(dict(field.choices).get(value, value or "пусто"))  # type: ignore[arg-type]
    return f"«{value}»" if value not in (None, "") else "пусто"
