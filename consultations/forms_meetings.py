"""Forms of hours and meetings."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.db.models import QuerySet

from common.forms import laid_out
from consultations.models import HoursException, ServiceHours
from consultations.rules.free_times import Piece
from consultations.services.allowing import Urgent
from consultations.services.booking import Invited, MeetingDraft
from consultations.services.hours import ExceptionDraft, HoursDraft
from consultations.words import ExceptionKind, MeetingKind, UrgentGround, WhyCancelled
from risk_registry.forms import FilterForm
from school.forms.day import ClockField
from school.forms.fields import DayField, PupilBoxes, TidyCharField
from school.forms.filtering import Choices
from school.models import Guardian, Pupil, Staff, Weekday

_EVERYBODY = "Увидят все, кто видит ученика: без подробностей."


class HoursForm(forms.Form):
    """Hours of every week."""

    weekday = forms.TypedChoiceField(label="День недели", choices=Weekday.choices, coerce=int)
    time_from = ClockField(label="Начало")
    time_to = ClockField(label="Конец")
    minutes = forms.IntegerField(
        label="Минут на встречу", min_value=5, max_value=180, initial=40, help_text="По умолчанию 40."
    )
    room = TidyCharField(label="Кабинет", max_length=20, required=False)
    kind = forms.ChoiceField(
        label="Для каких встреч", required=False, choices=[("", "Для любых"), *MeetingKind.choices()]
    )
    begins = DayField(label="С какого дня")
    ends = DayField(label="По какой день")
    note = TidyCharField(label="Примечание", max_length=300, required=False)

    helper = laid_out(
        Row("weekday", "time_from", "time_to", "minutes"), Row("room", "kind"), Row("begins", "ends"), "note"
    )

    def __init__(self, data: Any, *, initial: dict[str, Any] | None = None, hours: ServiceHours | None = None) -> None:
        told = {name: getattr(hours, name) for name in self.base_fields} if hours is not None else initial
        super().__init__(data, initial=told)
        self.corrects = hours is not None

    def draft(self) -> HoursDraft:
        """As the service takes it."""
        return HoursDraft(**self.cleaned_data)


class LastDayForm(forms.Form):
    """Through which day hours are in force."""

    last = DayField(label="Последний день")


class ExceptionForm(forms.Form):
    """Days that differ."""

    kind = forms.ChoiceField(label="Что меняется", choices=ExceptionKind.choices())
    begins = DayField(label="С какого дня")
    ends = DayField(label="По какой день")
    time_from = ClockField(label="Начало", required=False)
    time_to = ClockField(label="Конец", required=False, help_text="Без начала и конца — весь день.")
    room = TidyCharField(label="Кабинет", max_length=20, required=False, help_text="Для дополнительного приёма.")
    why = TidyCharField(
        label="Причина", max_length=200, required=False, help_text="Видят специалист и те, кто ведёт все часы."
    )

    helper = laid_out("kind", Row("begins", "ends"), Row("time_from", "time_to", "room"), "why")

    def __init__(
        self, data: Any, *, initial: dict[str, Any] | None = None, exception: HoursException | None = None
    ) -> None:
        told = {name: getattr(exception, name) for name in self.base_fields} if exception is not None else initial
        super().__init__(data, initial=told)
        self.corrects = exception is not None

    def draft(self) -> ExceptionDraft:
        """As the service takes it."""
        return ExceptionDraft(**self.cleaned_data)


class TimeForm(forms.Form):
    """A day, a time, a room; what would be missed is asked about in `confirmed`, which shows when it is due."""

    on = DayField(label="День")
    time_from = ClockField(label="Начало")
    time_to = ClockField(label="Конец")
    room = TidyCharField(label="Кабинет", max_length=20, required=False)
    confirmed = forms.BooleanField(label="Всё равно записать", required=False, widget=forms.HiddenInput)

    def ask(self) -> None:
        """The time waits for a word of the person."""
        self.fields["confirmed"].widget = forms.CheckboxInput()


class BookForm(TimeForm):
    """A new meeting with one specialist."""

    kind = forms.ChoiceField(label="Вид встречи", choices=MeetingKind.choices())
    occasion = TidyCharField(
        label="Повод",
        max_length=200,
        required=False,
        help_text=f"Например, «по направлению учителя». {_EVERYBODY}",
    )
    guardian = forms.ModelChoiceField(
        Guardian.objects.none(), label="Кто из родителей придёт", required=False, empty_label="не указан"
    )
    colleague = forms.ModelChoiceField(
        Staff.objects.none(), label="Педагог", required=False, empty_label="для встречи «С педагогом»"
    )
    ground = forms.ChoiceField(
        label="Срочная встреча без согласия", required=False, choices=[("", "нет"), *UrgentGround.choices()]
    )
    words = forms.CharField(
        label="Обстоятельства",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Прочтут вы, специалист и руководитель службы; каждое прочтение записывается.",
    )

    def __init__(
        self,
        data: Any,
        *,
        pupils: QuerySet[Pupil],
        guardians: QuerySet[Guardian] | None,
        colleagues: QuerySet[Staff],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["pupils"] = PupilBoxes(
            pupils,
            label="О ком встреча",
            required=self["kind"].value() != MeetingKind.STAFF,
            error_messages={"required": "Выберите, о ком встреча: хотя бы одного обучающегося."},
            help_text="Для встречи с педагогом можно никого не отмечать.",
        )
        _choose(self, "colleague", colleagues)
        if guardians is None:
            del self.fields["guardian"]
        else:
            _choose(self, "guardian", guardians)
        self._lay_out(urgent=bool(self["ground"].value()))

    def _lay_out(self, *, urgent: bool) -> None:
        """The grounds of an urgent meeting stand on the page when there is no consent."""
        people = [name for name in ("guardian", "colleague") if name in self.fields]
        parts: list[Any] = [
            "pupils",
            "kind",
            Row("on", "time_from", "time_to", "room"),
            "confirmed",
            *people,
            "occasion",
        ]
        if urgent:
            parts.append(Fieldset("Если согласия нет, а ждать нельзя", "ground", "words"))
        else:
            self.fields["ground"].widget = self.fields["words"].widget = forms.HiddenInput()
        self.helper = laid_out(*parts)

    def ask_grounds(self) -> None:
        """There is no consent: an urgent meeting may rest on grounds."""
        plain = type(self).base_fields
        for name in ("ground", "words"):
            self.fields[name].widget = deepcopy(plain[name].widget)
        self._lay_out(urgent=True)

    def draft(self, specialist: Staff) -> MeetingDraft:
        """As the service takes it."""
        told = self.cleaned_data
        names = ("kind", "on", "time_from", "time_to", "room", "occasion", "colleague")
        return MeetingDraft(specialist, **{name: told[name] for name in names})

    def invited(self) -> list[Invited]:
        """The pupils, with the guardian when one is chosen."""
        guardian = self.cleaned_data.get("guardian") if self.cleaned_data["kind"] == MeetingKind.PARENTS else None
        return [Invited(pupil, guardian) for pupil in self.cleaned_data["pupils"]]

    def urgent(self) -> Urgent | None:
        """The grounds, when the meeting is urgent."""
        ground = self.cleaned_data["ground"]
        return Urgent(ground, self.cleaned_data["words"]) if ground else None


class MoveForm(TimeForm):
    """Another time for a meeting."""

    comment = TidyCharField(label="Почему переносите", max_length=200, required=False, help_text=_EVERYBODY)

    helper = laid_out(Row("on", "time_from", "time_to", "room"), "confirmed", "comment")


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    why = forms.ChoiceField(label="Почему", choices=WhyCancelled.choices())
    comment = TidyCharField(label="Подробнее", max_length=300, required=False, help_text=_EVERYBODY)


class HoldForm(forms.Form):
    """Who came."""

    def __init__(self, data: Any, *, pupils: QuerySet[Pupil], label: str, initial: Sequence[int]) -> None:
        super().__init__(data, initial={"came": list(initial)})
        if pupils:
            self.fields["came"] = PupilBoxes(pupils, label=label, required=False)

    def came(self) -> list[int]:
        """Keys of those who came."""
        return [pupil.pk for pupil in self.cleaned_data.get("came", ())]


def piece_of(code: str) -> Piece | None:
    """A time from an address or a button, «2026-11-24 14:00 14:40»; None when it is none."""
    parts = code.split()
    try:
        on = date.fromisoformat(parts[0])
        starts, ends = (int(one[:2]) * 60 + int(one[3:5]) for one in parts[1:3])
        return Piece.of(on, starts, ends)
    except (ValueError, IndexError):
        return None


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class MeetingFilterForm(FilterForm):
    """Which meetings."""

    staff = forms.ChoiceField(label="Специалист", required=False)
    on = DayField(label="День", required=False)

    field_order = ("text", "staff", "on")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text"}, **choices)
