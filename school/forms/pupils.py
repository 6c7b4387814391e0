"""Pupils and their classes."""

from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from school.forms.fields import DayField, ModelForm, OwnedForm, TidyCharField
from school.models import Enrolment, Pupil, School, SchoolClass
from school.models.people import Sex
from school.selectors import current_year, open_years

NAMES = Row("last_name", "first_name", "middle_name")


class PupilForm(OwnedForm[Pupil]):
    """Who the pupil is."""

    last_name = TidyCharField(label="Фамилия", max_length=100)
    first_name = TidyCharField(label="Имя", max_length=100)
    middle_name = TidyCharField(label="Отчество", max_length=100, required=False)
    birth_date = DayField(label="Дата рождения", required=False)
    sex = forms.ChoiceField(label="Пол", required=False, choices=[("", "не указан"), *Sex.choices])
    external_id = TidyCharField(
        label="Идентификатор в электронном журнале",
        max_length=64,
        required=False,
        help_text="По нему файлы журнала находят ученика.",
    )

    class Meta:
        model = Pupil
        fields = ["last_name", "first_name", "middle_name", "sex", "birth_date", "external_id"]

    helper = laid_out(NAMES, Row("birth_date", "sex"), "external_id")

    def clean_external_id(self) -> str:
        """One id is one pupil's."""
        written: str = self.cleaned_data["external_id"]
        others = Pupil.objects.filter(school=self.instance.school, external_id=written).exclude(pk=self.instance.pk)
        holder = others.first() if written else None
        if holder is not None:
            raise forms.ValidationError(f"Такой идентификатор уже у другого ученика: {holder.full_name}.")
        return written


def classes_of_year(school: School) -> Any:
    """The classes of the current year and of those after it that are open already, in order."""
    rows = SchoolClass.objects.filter(year__in=open_years(school)).select_related("year")
    return rows.order_by("year__start", "grade", "letter")


class NewPupilForm(PupilForm):
    """Who the pupil is, and where they sit from which day."""

    school_class = forms.ModelChoiceField(SchoolClass.objects.none(), label="Класс", empty_label="выберите")
    starts = DayField(label="В классе с")

    helper = laid_out(NAMES, Row("birth_date", "sex"), "external_id", Row("school_class", "starts"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_classes(self.fields["school_class"], self.instance.school)
        year = current_year(self.instance.school)
        if year is not None:
            self.fields["starts"].initial = max(year.starts, min(self.instance.school.today(), year.ends))

    def clean(self) -> dict[str, Any]:
        """The day lies in the year of the class."""
        told = super().clean() or {}
        _check_day(self, told.get("school_class"), "starts")
        return told


def _offer_classes(field: forms.Field, school: School) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    classes = classes_of_year(school)
    field.queryset = classes
    if len({one.year_id for one in classes}) > 1:
        field.label_from_instance = lambda one: f"{one}, {one.year}"  # type: ignore[method-assign,assignment]


def _check_day(form: forms.BaseForm, school_class: SchoolClass | None, name: str) -> None:
    day = form.cleaned_data.get(name)
    if school_class is None or day is None:
        return
    year = school_class.year
    if not year.starts <= day <= year.ends:
        form.add_error(name, f"Учебный год — с {year.starts:%d.%m.%Y} по {year.ends:%d.%m.%Y}.")


class MoveForm(forms.Form):
    """Into another class, or back into the school."""

    school_class = forms.ModelChoiceField(SchoolClass.objects.none(), label="В какой класс", empty_label="выберите")
    day = DayField(label="С какого дня")
    reason = TidyCharField(label="Основание", max_length=200, required=False, help_text="Например, приказ и его дата.")

    helper = laid_out(Row("school_class", "day"), "reason")

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_classes(self.fields["school_class"], school)
        self.fields["day"].initial = school.today()

    def clean(self) -> dict[str, Any]:
        """The day lies in the year of the class."""
        told = super().clean() or {}
        _check_day(self, told.get("school_class"), "day")
        return told


class LeaveForm(forms.Form):
    """Out of the school."""

    last_day = DayField(label="Последний день в школе")
    reason = TidyCharField(
        label="Основание", max_length=200, help_text="Например, «переезд, приказ от 10.11.2026 № 14»."
    )


class EnrolmentForm(ModelForm[Enrolment]):
    """Days of a seat that were written down wrong."""

    starts = DayField(label="В классе с")
    ends = DayField(label="По", required=False, help_text="Пусто — учится до сих пор.")
    reason = TidyCharField(label="Основание", max_length=200, required=False)

    class Meta:
        model = Enrolment
        fields = ["starts", "ends", "reason"]

    helper = laid_out(Row("starts", "ends"), "reason")
