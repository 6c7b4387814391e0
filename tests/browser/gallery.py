"""All components on one page, with an address of its own beside the project's."""

from datetime import date
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import URLPattern, URLResolver, path

from common.look import Change, Chip, Figure, MarkChip, Tab
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as own

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class Sieve(forms.Form):
    text = forms.CharField(label="Фамилия", required=False)
    period = forms.ChoiceField(label="Период", choices=[("1", "1-я четверть")], required=False)


class Talk(forms.Form):
    topic = forms.CharField(label="О чём", help_text="Коротко")
    alone = forms.BooleanField(label="Наедине", required=False)
    how = forms.ChoiceField(label="Как", choices=[("a", "Телефон"), ("b", "В школе")], widget=forms.RadioSelect)
    where = forms.ChoiceField(label="Где", choices=[("a", "Класс")], required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    told = {
        "tabs": [Tab("Все", "#", True, 60), Tab("Предложены", "#", False, 21)],
        "figures": [
            Figure("Неуспевающие, прогноз", "17", "#", change=Change(3, "к 1-й четверти")),
            Figure("Под риском", "41", "#", "из 259 · 15,8 %", Change(-1, "к 1-й четверти")),
            Figure("Резерв", "24", "#", change=Change(0, "к 1-й четверти", "")),
        ],
        "sieve": Sieve(),
        "chips": [Chip("Классы: 7А, 7Б", "#", removes=True), Chip("Сбросить", "#")],
        "marks": [MarkChip("2 × 5", low=True), MarkChip("2", low=True, result=True)],
        "dated": [
            MarkChip("3", on=date(2026, 9, 7)),
            MarkChip("2", low=True, on=date(2026, 9, 14)),
            MarkChip("3", was="2", on=date(2026, 10, 2)),
            MarkChip("2", low=True, result=True),
        ],
        "values": [3, 2, 3, 3, 2, 4, 5],
        "page": Paginator(range(95), 10).page(2),
        "talk": Talk({"topic": ""}),
        "remark": Talk(auto_id="remark_%s"),
        "day": date(2026, 11, 20),
    }
    source = Path(__file__).with_name("gallery.html").read_text()
    return HttpResponse(engines["django"].from_string(source).render(told, request))


POLLING = """{% extends "base.html" %}{% block title %}Опрос{% endblock %}{% block heading %}Опрос{% endblock %}
{% block content %}<div hx-get="/part/" hx-trigger="every 1s">…</div>
<button type="button" hx-get="/pressed/" hx-swap="none">Нажать</button>{% endblock %}"""


def polling(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(POLLING).render({}, request))


def part(request: HttpRequest) -> HttpResponse:
    return HttpResponse("часть")


urlpatterns: list[URLPattern | URLResolver] = [
    *own,
    path("gallery/", gallery),
    path("polling/", polling),
    path("part/", part),
]
