"""Forms of the program's passport."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms

from common.forms import laid_out
from roadmaps.indicators import CATALOGUE, Origin, Source, Unit
from roadmaps.models import Program, ProgramDirection, ProgramIndicator, ProgramLine
from roadmaps.reports.program_paper import targets_of
from roadmaps.rules.program_years import years_within
from roadmaps.services.program_parts import IndicatorDraft, LineDraft
from roadmaps.services.programs import ProgramDraft
from roadmaps.words_program import Section, Template
from school.forms.fields import DayField, TidyCharField

_STARTS = (
    (Template.LONG.value, "долгосрочная: 35 показателей в четырёх направлениях и цель, план на три года"),
    (Template.YEAR.value, "на один учебный год: 7 показателей, три этапа"),
    (Template.BLANK.value, "пустая: только разделы паспорта"),
)
_AS_PRINTED = "Так напечатается: «75%», «не менее 75%», «имеется». Пусто — «не заполнено»."


class ProgramNewForm(forms.Form):
    """What a program begins with."""

    template = forms.ChoiceField(label="С чего начать", choices=_STARTS, widget=forms.RadioSelect)
    first_year = forms.TypedChoiceField(
        label="Первый год", coerce=int, help_text="С него начинается план показателей; этапы встанут на его даты."
    )

    def __init__(self, *args: Any, now: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["first_year"]
        field.choices = [(year, str(year)) for year in range(now - 3, now + 3)]
        field.initial = now
        self.fields["template"].initial = Template.LONG


class ProgramForm(forms.Form):
    """The heading of a program."""

    corrects = True
    title = TidyCharField(label="Название", max_length=300)
    term = TidyCharField(label="Срок реализации", max_length=200, required=False, help_text="Словами, как в паспорте.")
    starts_on = DayField(label="Действует с", help_text="В эти дни показатели сравниваются с планом программы.")
    ends_on = DayField(label="Действует по")
    helper = laid_out("title", "term", Row("starts_on", "ends_on"))

    def draft(self) -> ProgramDraft:
        """What was entered."""
        return ProgramDraft(**self.cleaned_data)


class CouncilForm(forms.Form):
    """By which council it is approved."""

    protocol_number = TidyCharField(label="Номер протокола педагогического совета", max_length=40)
    protocol_date = DayField(label="Дата педагогического совета")
    helper = laid_out(Row("protocol_number", "protocol_date"))


class LineForm(forms.Form):
    """A line of a section; which fields it has depends on the section."""

    corrects = True
    text = forms.CharField(label="Текст", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    direction = forms.ChoiceField(label="Направление", required=False)
    rhythm = TidyCharField(label="Когда", max_length=200, required=False)
    starts_on = DayField(label="Начало", required=False)
    ends_on = DayField(label="Окончание", required=False)
    helper = laid_out("text", "direction", "rhythm", Row("starts_on", "ends_on"))
    _FIELDS = {
        Section.TASK: ("direction",),
        Section.STAGE: ("rhythm", "starts_on", "ends_on"),
        Section.GOVERNANCE: ("rhythm",),
    }

    def __init__(self, *args: Any, section: Section, directions: Sequence[ProgramDirection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directions = {str(one.pk): one for one in directions}
        shown = ("text", *self._FIELDS.get(section, ()))
        for name in list(self.fields):
            if name not in shown:
                del self.fields[name]
        if "direction" in self.fields:
            _choose(self, self.directions)
        self.helper = laid_out("text", *(name for name in shown[1:] if name[-3:] != "_on"), *_days(shown))

    def draft(self) -> LineDraft:
        """What was entered."""
        told = dict(self.cleaned_data)
        told["text"] = " ".join(told["text"].split())
        told["direction"] = self.directions.get(told.get("direction", ""))
        return LineDraft(**told)


def _days(shown: Sequence[str]) -> list[Any]:
    return [Row("starts_on", "ends_on")] if "starts_on" in shown else []


def _choose(form: forms.Form, directions: dict[str, ProgramDirection]) -> None:
    field: Any = form.fields["direction"]
    field.choices = [("", "—"), *((key, one.name) for key, one in directions.items())]


def line_initial(row: ProgramLine) -> dict[str, Any]:
    """What stands, as the form shows it."""
    return {
        "text": row.text,
        "rhythm": row.rhythm,
        "direction": str(row.direction_id or ""),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
    }


class IndicatorForm(forms.Form):
    """An indicator: of the catalogue, with its base and plan; of the school's own also what it is."""

    corrects = True
    title = forms.CharField(label="Показатель", max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    unit = forms.ChoiceField(label="Что это", choices=Unit.choices())
    direction = forms.ChoiceField(label="Направление", required=False)
    baseline_raw = TidyCharField(label="Исходное значение", max_length=60, required=False)

    def __init__(
        self, *args: Any, own: bool, years: Sequence[str], directions: Sequence[ProgramDirection], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.directions = {str(one.pk): one for one in directions}
        self.years = list(years)
        _choose(self, self.directions)
        if not own:
            del self.fields["title"], self.fields["unit"]
        for place, year in enumerate(self.years):
            field = TidyCharField(label=f"План на {year}", max_length=60, required=False)
            self.fields[f"plan_{place}"] = field
        self.fields["baseline_raw"].help_text = _AS_PRINTED
        names = [f"plan_{place}" for place in range(len(self.years))]
        head = ["title", "unit", "direction"] if own else ["direction"]
        self.helper = laid_out(*head, Fieldset("Значения", "baseline_raw", Row(*names)))

    def draft(self) -> IndicatorDraft:
        """What was entered."""
        told = self.cleaned_data
        return IndicatorDraft(
            direction=self.directions.get(told["direction"]),
            baseline_raw=told["baseline_raw"],
            plan={year: told[f"plan_{place}"] for place, year in enumerate(self.years)},
            title=" ".join(told.get("title", "").split()),
            unit=Unit(told.get("unit") or Unit.PERCENT),
            origin=Origin.MANUAL,
        )


def program_years(program: Program, row: ProgramIndicator | None = None) -> list[str]:
    """The years of the program, and those in which the indicator has a plan already."""
    years = years_within(Template(program.template), program.starts_on, program.ends_on)
    known = [target.year for target in targets_of(row.targets)] if row else []
    return sorted({*years, *known})


def indicator_initial(row: ProgramIndicator) -> dict[str, Any]:
    """What stands, as the form shows it."""
    plan = {target.year: target.raw for target in targets_of(row.targets)}
    told: dict[str, Any] = {
        "title": row.title,
        "unit": row.unit,
        "direction": str(row.direction_id or ""),
        "baseline_raw": row.baseline_raw,
    }
    for place, year in enumerate(program_years(row.program, row)):
        told[f"plan_{place}"] = plan.get(year, "")
    return told


class TakeForm(forms.Form):
    """An indicator of the catalogue that the program lacks."""

    code = forms.ChoiceField(label="Показатель каталога")
    direction = forms.ChoiceField(label="Направление", required=False)

    def __init__(self, *args: Any, taken: Sequence[str], directions: Sequence[ProgramDirection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directions = {str(one.pk): one for one in directions}
        _choose(self, self.directions)
        field: Any = self.fields["code"]
        field.choices = [
            (source.label, [(one.code, f"{one.code}. {one.title[:110]}") for one in CATALOGUE.values()
                            if one.source == source and one.plan and one.code not in taken])
            for source in (Source.PROGRAM, Source.YEARLY)
        ]  # fmt: skip


class ReadingForm(forms.Form):
    """How an odd plan is read."""

    corrects = True
    reading = forms.ChoiceField(label="Как читать план", required=False, widget=forms.RadioSelect)
    why = TidyCharField(
        label="Почему так", max_length=300, required=False, help_text="Напечатается рядом с показателем."
    )

    def __init__(self, *args: Any, readings: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reading"]
        field.choices = [*readings, ("", "пока не решено: показывать оба")]
