"""What several forms need."""

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from school.models import Pupil

ModelT = TypeVar("ModelT", bound=models.Model)

if TYPE_CHECKING:
    ModelForm = forms.ModelForm
else:

    class ModelForm(forms.ModelForm):
        """Names its model in brackets, for the type checker alone."""

        def __class_getitem__(cls, _model: object) -> type:
            return cls


FIRST_DAY, LAST_DAY = date(1920, 1, 1), date(2100, 12, 31)


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date that a school may mean. Also understands «10.10.2026» where the browser has no calendar."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y"])
        super().__init__(**kwargs)

    def validate(self, value: date | None) -> None:
        """Refuse a slip of the pen such as the year 0226."""
        super().validate(value)
        if value is not None and not FIRST_DAY <= value <= LAST_DAY:
            raise ValidationError("Проверьте год.")


class TidyCharField(forms.CharField):
    """A line of text with single spaces, without those at its ends."""

    def to_python(self, value: Any) -> str:
        """Unbreakable spaces count as spaces."""
        return " ".join(str(super().to_python(value) or "").split())


class OwnedForm(ModelForm[ModelT]):
    """A form of something that belongs to a school or a year, which are set on the instance and not asked.

    Without this the form would skip the constraints that name the owner, and the database would answer for it.
    """

    owners = ("school", "year", "school_class")

    def _get_validation_exclusions(self) -> set[str]:
        skipped: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return skipped - set(self.owners)


if TYPE_CHECKING:
    PupilChoices = forms.ModelMultipleChoiceField[Pupil]
else:
    PupilChoices = forms.ModelMultipleChoiceField


class PupilBoxes(PupilChoices):
    """Pupils by name, each with the class."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """«Ковтун Матвей, 7А»."""
        seat = getattr(obj, "seat_title", "")
        return f"{obj.list_name}, {seat}" if seat else obj.list_name
