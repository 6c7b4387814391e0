"""Forms of councils: the order, members, sittings and their agendas."""

from collections.abc import Sequence
from datetime import time
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from consultations.councils import CouncilKind, DecisionState, MemberRole
from consultations.models import Council, CouncilDecision, CouncilMember, Sitting, SittingQuestion
from consultations.services.councils import Order
from consultations.services.sitting_questions import Decided, Told
from consultations.services.sittings import SittingPlan
from school.forms.fields import DayField, TidyCharField
from school.models import Guardian, Staff

Choices = Sequence[tuple[str, str]]
NOTE_DAY = "Пусто — без срока."


def words_field(
    label: str, size: int, help_text: str = "", *, required: bool = False, rows: int = 4
) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label, max_length=size, required=required, help_text=help_text, widget=forms.Textarea({"rows": rows})
    )


if TYPE_CHECKING:
    _StaffChoice = forms.ModelChoiceField[Staff]
else:
    _StaffChoice = forms.ModelChoiceField


class StaffChoice(_StaffChoice):
    """One of the school's people."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "выберите")
        super().__init__(Staff.objects.none(), label=label, **kwargs)


class OrderForm(forms.Form):
    """By what a council exists; nothing is needed at once."""

    corrects = True

    number = TidyCharField(label="Номер приказа", max_length=50, required=False)
    date = DayField(label="Дата приказа", required=False)
    regulation = TidyCharField(
        label="Положение",
        max_length=300,
        required=False,
        help_text="По какому документу работает: «Положение о ППк от 28.08.2026».",
    )

    helper = laid_out(Row("number", "date"), "regulation")

    def __init__(self, *args: Any, council: Council | None = None, **kwargs: Any) -> None:
        if council is not None:
            stands = {"number": council.order_number, "date": council.order_date, "regulation": council.regulation}
            kwargs["initial"] = stands
        super().__init__(*args, **kwargs)
        self.corrects = council is not None

    def order(self) -> Order:
        """As the services take it."""
        told = self.cleaned_data
        return Order(told["number"], told["date"], told["regulation"])


class CouncilForm(OrderForm):
    """A new council: of which kind."""

    kind = forms.ChoiceField(label="Вид", choices=CouncilKind.choices())

    helper = laid_out("kind", Row("number", "date"), "regulation")

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = list(kinds)


class MemberForm(forms.Form):
    """Who comes into a council, as what, from which day."""

    staff = StaffChoice("Сотрудник")
    role = forms.ChoiceField(label="В совете", choices=MemberRole.choices(), initial=MemberRole.MEMBER)
    begins = DayField(label="С какого дня")

    helper = laid_out("staff", Row("role", "begins"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["staff"]
        field.queryset = people


class SeatForm(forms.Form):
    """A member's role and days."""

    corrects = True

    role = forms.ChoiceField(label="В совете", choices=MemberRole.choices())
    begins = DayField(label="С какого дня")
    ends = DayField(label="Последний день", required=False, help_text="Пусто — остаётся в составе.")

    helper = laid_out("role", Row("begins", "ends"))

    def __init__(self, *args: Any, member: CouncilMember, **kwargs: Any) -> None:
        kwargs["initial"] = {"role": member.role, "begins": member.begins, "ends": member.ends}
        super().__init__(*args, **kwargs)


class CloseForm(forms.Form):
    """The last day of a council."""

    on = DayField(label="Последний день работы")


class SittingForm(forms.Form):
    """When, where, about what in general: the plan is public, so nobody is named in it."""

    on = DayField(label="День")
    starts_at = forms.TimeField(
        label="Начало", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    room = TidyCharField(label="Кабинет", max_length=50, required=False)
    by_plan = forms.ChoiceField(
        label="Вид", choices=[("plan", "плановое"), ("extra", "внеплановое")], widget=forms.RadioSelect
    )
    topic = TidyCharField(
        label="Тематика",
        max_length=300,
        help_text="Без фамилий: план заседаний видят все сотрудники. «Утверждение программ сопровождения».",
    )

    helper = laid_out(Row("on", "starts_at", "room"), "by_plan", "topic")

    def __init__(self, *args: Any, sitting: Sitting | None = None, **kwargs: Any) -> None:
        if sitting is not None:
            stands = {name: getattr(sitting, name) for name in ("on", "starts_at", "room", "topic")}
            kwargs["initial"] = stands | {"by_plan": "plan" if sitting.by_plan else "extra"}
        super().__init__(*args, **kwargs)
        self.corrects = sitting is not None

    def plan(self) -> SittingPlan:
        """As the services take it."""
        told: Any = self.cleaned_data
        starts: time | None = told["starts_at"]
        return SittingPlan(told["on"], told["topic"], told["by_plan"] == "plan", starts, told["room"])


class SeenForm(forms.Form):
    """A deed with a sitting as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WhyCancelForm(SeenForm):
    """The same with a reason."""

    why = TidyCharField(label="Почему", max_length=300)


class SignForm(SeenForm):
    """On which day a protocol is signed."""

    on = DayField(label="Дата подписания")


class GeneralQuestionForm(forms.Form):
    """A question that is about nobody in particular."""

    title = TidyCharField(
        label="Вопрос", max_length=300, help_text="Без фамилий: для вопроса об обучающемся выберите его по имени."
    )


class PupilQuestionForm(forms.Form):
    """What the question about a pupil is."""

    title = TidyCharField(
        label="Вопрос",
        max_length=300,
        help_text="Как он стоит в повестке: «о причинах трудностей в учёбе и плане помощи».",
    )


class CourseForm(forms.Form):
    """What was said, in short; whether a parent was there."""

    corrects = True

    course = words_field(
        "Ход обсуждения", 2000, "Коротко, что важно для решения. Видят члены совета и администрация, чтение записано."
    )
    parent = forms.ChoiceField(
        label="Родители",
        choices=[("", "не отмечено"), ("yes", "присутствовали"), ("no", "не присутствовали")],
        required=False,
    )
    guardian = forms.ModelChoiceField(
        Guardian.objects.none(), label="Кто из родителей", required=False, empty_label="не указано"
    )

    def __init__(self, *args: Any, question: SittingQuestion, course: str, **kwargs: Any) -> None:
        there = {True: "yes", False: "no", None: ""}[question.parent_present]
        kwargs["initial"] = {"course": course, "parent": there, "guardian": question.guardian_id}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["guardian"]
        if question.pupil_id is None:
            del self.fields["guardian"], self.fields["parent"]
        else:
            field.queryset = Guardian.objects.filter(guardianships__pupil=question.pupil_id)

    def told(self) -> Told:
        """As the services take it."""
        told = self.cleaned_data
        there = {"yes": True, "no": False}.get(told.get("parent", ""))
        return Told(told["course"], there, told.get("guardian"))


class DecisionForm(forms.Form):
    """A decision with who answers for it and until when."""

    text = words_field(
        "Решение", 500, "Одно действие: кто что делает. Для каждого действия — своё решение.", required=True, rows=3
    )
    responsible = StaffChoice("Ответственный", required=False, empty_label="не назначен")
    due = DayField(label="Срок", required=False, help_text=NOTE_DAY)

    helper = laid_out("text", Row("responsible", "due"))

    def __init__(self, *args: Any, people: Any, decision: CouncilDecision | None = None, **kwargs: Any) -> None:
        if decision is not None:
            stands = {"text": decision.text, "responsible": decision.responsible_id, "due": decision.due}
            kwargs["initial"] = stands
        super().__init__(*args, **kwargs)
        self.corrects = decision is not None
        field: Any = self.fields["responsible"]
        field.queryset = people

    def decided(self) -> Decided:
        """As the services take it."""
        told = self.cleaned_data
        return Decided(told["text"], told["responsible"], told["due"])


class AnswerForm(forms.Form):
    """What became of a decision."""

    corrects = True

    state = forms.ChoiceField(label="Решение", choices=DecisionState.choices(), widget=forms.RadioSelect)
    answer = TidyCharField(
        label="Что сделано", max_length=500, required=False, help_text="Для невыполненного — почему. Видит совет."
    )

    def __init__(self, *args: Any, decision: CouncilDecision, **kwargs: Any) -> None:
        state = DecisionState.DONE if decision.state == DecisionState.OPEN else decision.state
        kwargs["initial"] = {"state": state, "answer": decision.answer}
        super().__init__(*args, **kwargs)


class InviteForm(forms.Form):
    """Who is invited besides members."""

    staff = forms.ModelMultipleChoiceField(
        Staff.objects.none(),
        label="Сотрудники школы",
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
        help_text="Можно выбрать нескольких.",
    )
    guest = TidyCharField(
        label="Кто ещё", max_length=200, required=False, help_text="Имя и кто это: родитель, специалист центра."
    )
    role = TidyCharField(label="В каком качестве", max_length=100, required=False, initial="приглашённый")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["staff"]
        field.queryset = people
