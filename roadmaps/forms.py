"""Forms of the roadmap."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refused
from common.forms import laid_out
from documents.attaching import ACCEPTED, IN_WORDS, MOST_BYTES, type_of
from roadmaps.models import Activity, Direction
from roadmaps.rules.term_words import month_choices, term_of
from roadmaps.rules.terms import Term
from roadmaps.services.activities import ActivityDraft
from roadmaps.words import Duty, Every, EvidenceKind, Expected, Schedule, TermKind
from school.forms.fields import DayField, TidyCharField
from school.models import Staff

CATALOGUE, BLANK = "catalogue", "blank"
_NONE: tuple[str, str] = ("", "—")
_WEB = ("https://", "http://")


class NewForm(forms.Form):
    """What a new roadmap begins with."""

    source = forms.ChoiceField(label="С чего начать", widget=forms.RadioSelect)

    def __init__(self, *args: Any, earlier: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["source"]
        shipped = (CATALOGUE, "с готового перечня: 20 мероприятий в пяти направлениях")
        field.choices = [shipped, *earlier, (BLANK, "с пустой карты, в ней только пять направлений")]
        field.initial = earlier[0][0] if earlier else CATALOGUE


class TitleForm(forms.Form):
    """The title of the roadmap."""

    corrects = True
    title = TidyCharField(label="Название", max_length=300)


class NameForm(forms.Form):
    """The name of a direction."""

    corrects = True
    name = TidyCharField(label="Название направления", max_length=200)


class ApproveForm(forms.Form):
    """By which order it is approved."""

    order_number = TidyCharField(label="Номер приказа", max_length=40)
    order_date = DayField(label="Дата приказа")
    helper = laid_out(Row("order_number", "order_date"))


class GroundsForm(forms.Form):
    """Why."""

    why = TidyCharField(label="Основание", max_length=300)


class HoldForm(forms.Form):
    """When it was held."""

    on = DayField(label="Когда проведено")
    note = TidyCharField(label="Что сделано", max_length=300, required=False)


class MoveForm(forms.Form):
    """To what day, and why."""

    to = DayField(label="Новый срок")
    why = TidyCharField(label="Почему переносим", max_length=300)


class EvidenceForm(forms.Form):
    """A file or an address."""

    kind = forms.ChoiceField(label="Что это", choices=EvidenceKind.choices())
    title = TidyCharField(
        label="Название",
        max_length=150,
        required=False,
        help_text="Без имён учеников: так файл назовётся при скачивании.",
    )
    file = forms.FileField(
        label="Файл", required=False, help_text=IN_WORDS, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    url = forms.URLField(
        label="Адрес страницы", required=False, max_length=400, assume_scheme="https", help_text="Только для ссылки."
    )

    def clean_file(self) -> bytes | None:
        """The content, once it is known to be what may be attached."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return None
        content: bytes = file.read(MOST_BYTES + 1)
        try:
            type_of(content)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return content

    def clean(self) -> dict[str, Any]:
        """A link has an address, everything else a file."""
        told: dict[str, Any] = super().clean() or {}
        link = told.get("kind") == EvidenceKind.LINK
        if link and told.get("url") and not told["url"].lower().startswith(_WEB):
            self.add_error("url", "Нужен адрес страницы: он начинается с https:// или http://.")
        if link and not told.get("url") and "url" not in self.errors:
            self.add_error("url", "Вставьте адрес страницы.")
        if not link and not told.get("file") and "file" not in self.errors:
            self.add_error("file", "Выберите файл.")
        return told


class TableFileForm(forms.Form):
    """A roadmap that the school keeps as a table."""

    file = forms.FileField(
        label="Файл",
        help_text="XLSX, XLS, ODS или CSV: строка — одно мероприятие.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


class ActivityForm(forms.Form):
    """A row of the roadmap. The term is asked by parts; its words are the person's own, or follow from the parts."""

    corrects = True
    direction = forms.ChoiceField(label="Направление")
    title = forms.CharField(label="Мероприятие", max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    form = TidyCharField(label="Форма", max_length=120, required=False, help_text="Семинар, совещание, консультация.")
    contingent = TidyCharField(label="Контингент", max_length=200, required=False)
    venue = TidyCharField(label="Место проведения", max_length=200, required=False)
    term_kind = forms.ChoiceField(label="Вид срока", choices=TermKind.choices())
    months = forms.MultipleChoiceField(
        label="Месяцы",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Для срока «с месяца по месяц» отметьте первый и последний.",
    )
    day = DayField(label="День", required=False, help_text="Для срока на определённый день.")
    every = forms.ChoiceField(label="Как часто", required=False, choices=[_NONE, *Every.choices()])
    schedule = forms.ChoiceField(label="По какому графику", required=False, choices=[_NONE, *Schedule.choices()])
    term_text = TidyCharField(
        label="Срок словами", max_length=200, required=False, help_text="Так напечатается. Пусто — составим сами."
    )
    duties = forms.MultipleChoiceField(
        label="Ответственные", required=False, choices=Duty.choices(), widget=forms.CheckboxSelectMultiple
    )
    people = forms.MultipleChoiceField(
        label="Поимённо",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="Если названы люди, отвечают они; если нет — все, кого называют слова выше.",
    )
    others = TidyCharField(
        label="Кто ещё отвечает",
        max_length=200,
        required=False,
        help_text="Партнёры и те, кого нет в списке сотрудников.",
    )
    result = TidyCharField(label="Ожидаемый результат", max_length=300, required=False)
    expected = forms.ChoiceField(label="Вид документа", required=False, choices=[_NONE, *Expected.choices()])
    with_specialists = forms.BooleanField(label="С участием специалистов", required=False)
    with_point = forms.BooleanField(label="С ресурсами «Точки роста»", required=False)

    helper = laid_out(
        "direction",
        "title",
        Row("form", "contingent", "venue"),
        Fieldset("Срок", "term_kind", "months", Row("day", "every", "schedule"), "term_text"),
        Fieldset("Кто отвечает", "duties", "people", "others"),
        Fieldset("Чем подтверждается", Row("result", "expected"), Row("with_specialists", "with_point")),
    )

    def __init__(
        self, *args: Any, start: int, directions: Sequence[Direction], staff: Sequence[Staff], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.directions = {str(one.pk): one for one in directions}
        self.staff = {str(one.pk): one for one in staff}
        choices: dict[str, list[tuple[str, str]]] = {
            "direction": [(key, one.name) for key, one in self.directions.items()],
            "months": month_choices(start),
            "people": [(key, one.full_name) for key, one in self.staff.items()],
        }
        for name, options in choices.items():
            field: Any = self.fields[name]
            field.choices = options

    def draft(self) -> ActivityDraft:
        """What was entered; parts of the term that its kind does not use are left out."""
        told = self.cleaned_data
        return ActivityDraft(
            direction=self.directions[told["direction"]],
            title=" ".join(told["title"].split()),
            term=self._term(),
            term_text=told["term_text"],
            form=told["form"],
            duties=told["duties"],
            people=[self.staff[key] for key in told["people"]],
            others=told["others"],
            contingent=told["contingent"],
            venue=told["venue"],
            result=told["result"],
            expected=told["expected"],
            with_specialists=told["with_specialists"],
            with_point=told["with_point"],
        )

    def _term(self) -> Term:
        told, kind = self.cleaned_data, TermKind(self.cleaned_data["term_kind"])
        months = tuple(sorted(int(month) for month in told["months"]))
        by_months = kind in (TermKind.MONTH, TermKind.MONTHS, TermKind.RANGE)
        return Term(
            kind,
            months if by_months else (),
            told["day"] if kind == TermKind.DATE else None,
            Every(told["every"]) if kind == TermKind.RECURRING and told["every"] else None,
            Schedule(told["schedule"]) if kind == TermKind.BY_SCHEDULE and told["schedule"] else None,
        )


def activity_initial(row: Activity) -> dict[str, Any]:
    """What stands, as the form shows it."""
    term = term_of(row.term_kind, row.term)
    plain = ("title", "form", "contingent", "venue", "term_kind", "term_text", "duties", "others", "result", "expected",
             "with_specialists", "with_point")  # fmt: skip
    return {name: getattr(row, name) for name in plain} | {
        "direction": str(row.direction_id),
        "months": [str(month) for month in term.months],
        "day": term.day,
        "every": term.every.value if term.every else "",
        "schedule": term.schedule.value if term.schedule else "",
        "people": [str(one.pk) for one in row.people.all()],
    }
