"""The filter of this app's lists, and its chips."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from common.look import Chip
from school.forms.fields import DayField
from teaching.words import CommunityKind, GapArea, RecordState, Technology, Topic, TrainingKind

Choices = Sequence[tuple[object, str]]
ANY: list[tuple[object, str]] = [("", "Все")]
OPEN, CLOSED = "open", "closed"


class RecordFilterForm(forms.Form):
    """What the lists are filtered by; each takes the fields that it has use for."""

    text = forms.CharField(label="Слово или фамилия", required=False, max_length=100)
    staff = forms.TypedChoiceField(label="Педагог", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="Состояние", required=False, choices=[*ANY, *RecordState.choices()])
    kind = forms.ChoiceField(label="Вид", required=False, choices=[*ANY, *TrainingKind.choices()])
    team = forms.ChoiceField(label="Вид", required=False, choices=[*ANY, *CommunityKind.choices()])
    topic = forms.ChoiceField(label="Тема", required=False, choices=[*ANY, *Topic.choices()])
    tag = forms.CharField(label="Метка", required=False, max_length=40)
    technology = forms.ChoiceField(label="Что видно", required=False, choices=[*ANY, *Technology.choices()])
    area = forms.ChoiceField(label="Область", required=False, choices=[*ANY, *GapArea.choices()])
    stands = forms.ChoiceField(
        label="Где стоит", required=False, choices=[*ANY, (OPEN, "Не закрыт"), (CLOSED, "Закрыт")]
    )
    since = DayField(label="С", required=False)
    until = DayField(label="По", required=False)

    def __init__(self, data: Mapping[str, Any], *, only: Collection[str], staff: Choices = ()) -> None:
        super().__init__(data)
        for name in list(self.fields):
            if name not in only or (name == "staff" and not staff):
                del self.fields[name]
        if "staff" in self.fields:
            field: Any = self.fields["staff"]
            field.choices = [*ANY, *staff]

    def chosen(self) -> dict[str, Any]:
        """What was asked for; a value that makes no sense is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def words(self, name: str, value: Any) -> str:
        """A chosen value as a person reads it: «Тема: Другое»."""
        field: Any = self.fields[name]
        options = {str(key): str(word) for key, word in getattr(field, "choices", ())}
        told = f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else options.get(str(value), str(value))
        return f"{field.label}: {told}"


def chips_of(request: HttpRequest, form: RecordFilterForm, chosen: Mapping[str, Any]) -> list[Chip]:
    """A pill for each filter in force, which takes it away again."""
    return [Chip(form.words(name, value), _without(request, name), removes=True) for name, value in chosen.items()]


def _without(request: HttpRequest, name: str) -> str:
    query: QueryDict = request.GET.copy()
    for gone in (name, "page"):
        query.pop(gone, None)
    return f"?{query.urlencode()}"
