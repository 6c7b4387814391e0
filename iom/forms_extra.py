"""Forms of extra lessons."""

from datetime import date
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.db.models import QuerySet

from common.forms import laid_out
from iom.models import ExtraGroup
from iom.services.extra import GroupDraft
from iom.words import CancelWhy, TableKind
from school.forms.day import ClockField
from school.forms.fields import DayField, PupilBoxes, TidyCharField
from school.models import AcademicYear, Pupil, Staff, Subject, Weekday


class GroupForm(forms.Form):
    """A group: who leads it, where it stands in the week, from day to day; when it is new, its first pupils."""

    title = TidyCharField(label="Название", max_length=120, help_text="Например, «Алгебра, 7А: дроби».")
    subject = forms.ModelChoiceField(Subject.objects.none(), label="Предмет", required=False, empty_label="не указан")
    teacher = forms.ModelChoiceField(Staff.objects.none(), label="Ведёт", empty_label="выберите")
    weekday = forms.TypedChoiceField(label="День недели", choices=Weekday.choices, coerce=int)
    time_from = ClockField(label="Начало")
    time_to = ClockField(label="Конец")
    room = TidyCharField(label="Кабинет", max_length=20, required=False)
    begins = DayField(label="С какого дня")
    ends = DayField(label="По какой день")
    note = TidyCharField(label="Примечание", max_length=300, required=False)

    helper = laid_out(
        "title",
        Row("subject", "teacher"),
        Row("weekday", "time_from", "time_to", "room"),
        Row("begins", "ends"),
        "note",
    )

    def __init__(
        self,
        data: Any,
        *,
        year: AcademicYear,
        teachers: QuerySet[Staff],
        pupils: QuerySet[Pupil] | None = None,
        group: ExtraGroup | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=_told(group) if group is not None else initial)
        self.corrects = group is not None
        _choose(self, "subject", Subject.objects.filter(school=year.school_id))
        _choose(self, "teacher", teachers)
        if pupils is not None:
            self.fields["pupils"] = PupilBoxes(pupils, label="Ученики", required=False)

    def draft(self) -> GroupDraft:
        """As the service takes it."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "pupils"}
        return GroupDraft(**told)

    def clean(self) -> dict[str, Any]:
        """A lesson ends after it begins, a term too."""
        told = super().clean() or {}
        if told.get("time_from") and told.get("time_to") and told["time_to"] <= told["time_from"]:
            self.add_error("time_to", "Занятие кончается позже, чем начинается.")
        if told.get("begins") and told.get("ends") and told["ends"] < told["begins"]:
            self.add_error("ends", "Последний день — не раньше первого.")
        return told


def _told(group: ExtraGroup) -> dict[str, Any]:
    names = ("title", "subject", "teacher", "weekday", "time_from", "time_to", "room", "begins", "ends", "note")
    return {name: getattr(group, name) for name in names}


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class MembersForm(forms.Form):
    """Pupils who join a group."""

    begins = DayField(label="С какого дня")

    def __init__(self, data: Any, *, pupils: QuerySet[Pupil], begins: date) -> None:
        super().__init__(data, initial={"begins": begins})
        self.fields["pupils"] = PupilBoxes(
            pupils, label="Кого записать", error_messages={"required": "Отметьте учеников."}
        )
        self.order_fields(["pupils", "begins"])


class LastDayForm(forms.Form):
    """The last day of a group, or of a pupil in it."""

    last = DayField(label="Последний день")


class CancelLessonForm(forms.Form):
    """Why a lesson did not take place."""

    why = forms.ChoiceField(label="Почему", choices=CancelWhy.choices())
    note = TidyCharField(label="Подробнее", max_length=300, required=False)

    def __init__(self, data: Any, *, ahead: bool) -> None:
        super().__init__(data)
        field: Any = self.fields["why"]
        # Of a lesson that is to come nobody knows yet who will come to it.
        field.choices = [pair for pair in CancelWhy.choices() if not ahead or pair[0] != CancelWhy.PUPILS]


class SubstituteForm(forms.Form):
    """Who stands in."""

    staff = forms.ModelChoiceField(Staff.objects.none(), label="Кто проведёт", empty_label="выберите")

    def __init__(self, data: Any, *, teachers: QuerySet[Staff]) -> None:
        super().__init__(data)
        _choose(self, "staff", teachers)


_TIMETABLES = [(kind.value, kind.label) for kind in (TableKind.EXTRA, TableKind.LESSONS)]


class TableForm(forms.Form):
    """A timetable that the school already keeps as a table."""

    kind = forms.ChoiceField(label="Что в файле", choices=_TIMETABLES)
    file = forms.FileField(
        label="Файл",
        help_text="XLSX, XLS, ODS или CSV: строка — одно занятие.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
