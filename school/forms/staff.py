"""People who work in the school."""

from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from school.forms.classes import present_staff
from school.forms.fields import DayField, OwnedForm, TidyCharField
from school.forms.pupils import NAMES
from school.models import AcademicYear, Pupil, SchoolClass, Staff, Subgroup, Subject
from school.roles import Position, ResponsibilityKind


class StaffForm(OwnedForm[Staff]):
    """Name and contacts."""

    last_name = TidyCharField(label="Фамилия", max_length=100)
    first_name = TidyCharField(label="Имя", max_length=100)
    middle_name = TidyCharField(label="Отчество", max_length=100, required=False)
    email = forms.EmailField(label="Электронная почта", required=False)
    phone = TidyCharField(label="Телефон", max_length=40, required=False)

    class Meta:
        model = Staff
        fields = ["last_name", "first_name", "middle_name", "email", "phone"]

    helper = laid_out(NAMES, Row("phone", "email"))


class PositionForm(forms.Form):
    """An appointment."""

    position = forms.ChoiceField(label="Должность", choices=Position.choices)
    starts = DayField(label="С какого дня", required=False, help_text="Пусто — давно.")

    helper = laid_out(Row("position", "starts"))


class EndForm(forms.Form):
    """The last day of something."""

    ends = DayField(label="Последний день")


class AssignmentForm(forms.Form):
    """What a person teaches, and to whom."""

    subject = forms.ModelChoiceField(Subject.objects.none(), label="Предмет", empty_label="выберите")
    classes = forms.ModelMultipleChoiceField(
        SchoolClass.objects.none(), label="Классы целиком", required=False, widget=forms.CheckboxSelectMultiple
    )
    subgroup = forms.ModelChoiceField(Subgroup.objects.none(), label="Или подгруппа", required=False, empty_label="нет")
    starts = DayField(label="С какого дня", required=False, help_text="Пусто — с начала учебного года.")

    def __init__(self, *args: Any, year: AcademicYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("subject", Subject.objects.filter(school=year.school))
        self._choose("classes", SchoolClass.objects.filter(year=year))
        groups = Subgroup.objects.filter(school_class__year=year).select_related("school_class")
        self._choose("subgroup", groups.order_by("school_class__grade", "school_class__letter", "name"))

    def _choose(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """Either whole classes or one subgroup."""
        told = super().clean() or {}
        if bool(told.get("classes")) == bool(told.get("subgroup")):
            raise forms.ValidationError("Отметьте классы или выберите одну подгруппу.")
        return told


# Who leads an extra lesson follows from its groups.
_BY_HAND = [pair for pair in ResponsibilityKind.choices if pair[0] != ResponsibilityKind.EXTRA_LESSONS]


class ResponsibilityForm(forms.Form):
    """Who answers for a pupil, and in what capacity."""

    person = forms.ModelChoiceField(Staff.objects.none(), label="Сотрудник", empty_label="выберите")
    kind = forms.ChoiceField(label="В каком качестве", choices=_BY_HAND)
    starts = DayField(label="С какого дня", required=False)

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = Staff.objects.filter(present_staff(pupil.school))
