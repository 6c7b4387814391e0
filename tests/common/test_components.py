"""The components of pages, as the markup that a person's browser gets."""

from datetime import date
from typing import Any

import pytest
from crispy_forms.layout import Fieldset, Row
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

from common.forms import LongChoices, laid_out
from common.look import Change, Chip, Figure, MarkChip, Tab


def shown(source: str, request: HttpRequest | None = None, **told: Any) -> str:
    """What `{% load components %}` and the source give."""
    context = Context({"request": request or RequestFactory().get("/list/"), "csrf_token": "t", **told})
    return " ".join(Template("{% load components %}" + source).render(context).split())


@pytest.mark.parametrize(
    ("change", "html"),
    [
        (Change(3, "к 1-й четверти"), '<span class="o-change o-change--bad">▲ <b>+3</b> к 1-й четверти</span>'),
        (Change(-1, "за неделю"), '<span class="o-change o-change--good">▼ <b>−1</b> за неделю</span>'),
        (Change(0.5, "за год", "up"), '<span class="o-change o-change--good">▲ <b>+0,5</b> за год</span>'),
        (Change(3, "за год", ""), '<span class="o-change">▲ <b>+3</b> за год</span>'),
        (Change(0, "за год"), '<span class="o-change">= без изменений за год</span>'),
    ],
)
def test_a_change_has_a_sign_a_figure_and_words(change: Change, html: str) -> None:
    assert shown("{% change c %}", c=change) == html


def test_a_corrected_mark_shows_what_it_was() -> None:
    html = shown("{% mark m %}", m=MarkChip("4", was="2"))

    assert html == '<span class="o-mark"><del>2</del> 4<span class="visually-hidden"> исправлена</span></span>'


def test_marks_are_named_and_low_ones_marked() -> None:
    html = shown('{% marks m "Алгебра" %}', m=[MarkChip("2", low=True), MarkChip("3"), MarkChip("2", True, True)])

    assert html.startswith('<ul class="o-marks" aria-label="Алгебра">')
    assert '<li class="o-mark o-mark--low">2</li><li class="o-mark">3</li>' in html
    assert '<li class="o-mark o-mark--result o-mark--low"><span class="visually-hidden">итог </span>2</li>' in html


def test_dated_marks_say_their_day_and_a_result_says_so() -> None:
    html = shown("{% dated_marks m %}", m=[MarkChip("2", low=True, on=date(2026, 9, 14)), MarkChip("3", result=True)])

    assert '<time datetime="2026-09-14">14.09</time>' in html
    assert html.count(">итог") == 2  # one for eyes, one for readers of the screen


def test_text_of_people_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    sources = [
        "{% badge evil evil %}",
        "{% state evil evil %}",
        "{% mark m %}{% marks ms evil %}",
        "{% change c %}",
        "{% figures f evil %}{% tabs t evil %}{% chips h evil evil %}",
        "{% panel evil count=evil note=evil %}{{ evil }}{% endpanel %}",
        "{% note %}{{ evil }}{% endnote %}{% empty_state evil evil evil evil %}",
        "{% dialog 'd' evil %}{{ evil }}{% enddialog %}{% progress 5 evil %}",
        "{% event 'deed' day evil by=evil %}{{ evil }}{% endevent %}{% spark s evil %}{% sort_th evil 'k' %}",
    ]
    told: dict[str, Any] = {
        "evil": evil,
        "m": MarkChip(evil, was=evil),
        "ms": [MarkChip(evil)],
        "c": Change(1, evil),
        "f": [Figure(evil, evil, "/", evil)],
        "t": [Tab(evil, "/")],
        "h": [Chip(evil, "/")],
        "s": [3, 2],
        "day": date(2026, 11, 21),
    }

    for source in sources:
        html = shown(source, **told)
        assert "<script" not in html, source
        assert "&lt;script" in html, source


def test_a_heading_sorts_and_keeps_what_was_chosen() -> None:
    request = RequestFactory().get("/list/", {"sort": "class", "page": "3", "text": "Ко"})
    html = shown('{% sort_th "Класс" "class" %}{% sort_th "Имя" "name" %}', request)

    assert 'aria-sort="ascending"' in html
    assert "text=%D0%9A%D0%BE&amp;sort=name" in html or "sort=name&amp;text=%D0%9A%D0%BE" in html
    assert "sort=-class" in html
    assert "page=3" not in html


def test_pages_keep_what_was_chosen() -> None:
    request = RequestFactory().get("/list/", {"text": "Ко", "page": "2"})
    html = shown("{% pagination p %}", request, p=Paginator(range(95), 10).page(2))

    assert "11–20 из 95" in html
    assert 'aria-current="page"><span class="visually-hidden">Страница </span>2</a>' in html
    assert "page=3" in html
    assert html.count("text=") >= 5


def test_a_list_of_one_page_needs_no_pages() -> None:
    html = shown("{% pagination p %}", p=Paginator(range(3), 10).page(1))

    assert "1–3 из 3" in html
    assert "<nav" not in html


class Talk(forms.Form):
    topic = forms.CharField(label="О чём", help_text="Коротко")
    deep = forms.BooleanField(label="Наедине", required=False)
    kind = forms.ChoiceField(label="Как", choices=[("a", "Телефон"), ("b", "В школе")], widget=forms.RadioSelect)
    where = forms.ChoiceField(label="Где", choices=[("a", "Класс")], required=False)


def test_a_field_ties_label_help_and_error_to_its_control() -> None:
    html = shown("{% form_fields f %}", f=Talk({"topic": ""}))

    assert '<label class="form-label" for="id_topic">О чём</label>' in html
    assert 'id="id_topic_helptext">Коротко' in html
    assert 'id="id_topic_error" role="alert"' in html
    assert 'aria-describedby="id_topic_helptext id_topic_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<fieldset class="o-field o-field--many"' in html
    assert "<legend" in html
    assert 'class="form-select"' in html
    assert "необязательно" in html


class Long(forms.Form):
    town = forms.CharField(label="Город")
    zone = forms.CharField(label="Пояс")
    kept = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(label="Заметка")

    helper = laid_out(Fieldset("Где", Row("town", "zone")))


def test_a_long_form_stands_in_the_rows_and_groups_it_names_and_leaves_no_field_out() -> None:
    html = shown("{% form_fields f %}", f=Long({}))

    assert html.index("<legend>Где</legend>") < html.index("o-form__row") < html.index('name="town"')
    assert html.index('name="zone"') < html.index("</fieldset>") < html.index('name="note"')
    assert html.count('name="kept"') == 1
    assert 'for="id_kept"' not in html


def test_a_mistake_of_the_whole_form_stands_before_its_fields() -> None:
    form = Long({"town": "А", "zone": "Б", "kept": "1", "note": "В"})
    form.add_error(None, "Так нельзя: <два> сразу.")

    html = shown("{% form_fields f %}", f=form)

    assert html.index("Так нельзя: &lt;два&gt; сразу.") < html.index('name="town"')


class Boxes(forms.Form):
    classes = forms.MultipleChoiceField(choices=[("a", "7А")], widget=forms.CheckboxSelectMultiple)
    signals = forms.MultipleChoiceField(choices=[("a", "Три двойки и больше")], widget=LongChoices)


def test_short_choices_stand_in_columns_and_long_ones_have_a_line_each() -> None:
    assert "o-field--boxes" in shown("{% field f.classes %}", f=Boxes())
    assert "o-field--boxes" not in shown("{% field f.signals %}", f=Boxes())


def test_a_layout_that_names_no_field_is_a_mistake() -> None:
    form = Talk()
    form.helper = laid_out("nothing")  # type: ignore[attr-defined]

    with pytest.raises(Exception, match="nothing"):
        shown("{% form_fields f %}", f=form)


def test_a_form_token_is_new_at_every_rendering() -> None:
    html = shown("{% form_token %}{% form_token %}")
    tokens = [part.split('"')[0] for part in html.split('name="once" value="')[1:]]

    assert len(set(tokens)) == 2
    assert 'name="csrfmiddlewaretoken" value="t"' in html


def test_numbers_in_pictures_are_written_for_machines() -> None:
    html = shown('{% spark s "Алгебра: 3 2" before=1 %}{% bar 28 3 4 2 28 %}', s=[3, 2])

    assert 'points="4.0,17.0 108.0,24.0"' in html
    assert 'x1="56.0"' in html
    assert '<rect class="o-bar__weak" x="3" width="4" height="10"/>' in html
