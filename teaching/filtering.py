"""The filter of this app's lists."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from school.forms.fields import DayField
from school.forms.filtering import ANY, Choices, ListFilter
from teaching.words import CommunityKind, GapArea, RecordState, Technology, Topic, TrainingKind

OPEN, CLOSED = "open", "closed"


class RecordFilterForm(ListFilter):
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
        asked = {name for name in only if name != "staff" or staff}
        choices = {"staff": [*ANY, *staff]} if "staff" in asked else {}
        super().__init__(data, without=self.base_fields.keys() - asked, **choices)
