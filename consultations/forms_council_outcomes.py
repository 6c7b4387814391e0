"""Forms of petitions, conclusions, referrals to the ПМПК, cases of mediation."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from consultations.councils import (
    Agreement,
    AgreementWay,
    CaseKind,
    CaseState,
    CouncilKind,
    Initiator,
    Outcome,
    PmpkResult,
    Reason,
)
from consultations.forms_councils import StaffChoice, words_field
from consultations.models import Conclusion, MediationCase, Petition, PmpkReferral
from consultations.services.conclusions import Answered, Concluded, Referred
from consultations.services.mediation import CaseEnd, CaseTold
from consultations.services.petitions import Asked
from school.forms.fields import DayField, TidyCharField
from school.models import Pupil, Staff

Choices = Sequence[tuple[str, str]]
_CLOSED = "Видят тот, кто подал, классный руководитель, члены совета и администрация; чтение записывается."


class PetitionForm(forms.Form):
    """Where to, why, who asks. The texts may stay empty: facts are compiled by the system."""

    kind = forms.ChoiceField(label="Куда", choices=CouncilKind.choices())
    reason = forms.ChoiceField(label="Повод", choices=Reason.choices())
    initiator = forms.ChoiceField(label="Кто просит", choices=Initiator.choices())
    on = DayField(label="Дата")
    noticed = words_field("Что замечено", 1000, f"Можно не писать. {_CLOSED}", rows=3)
    tried = words_field("Что уже сделано", 1000, "Можно не писать: то, что записано, подставит система.", rows=3)

    helper = laid_out(Row("kind", "on"), Row("reason", "initiator"), "noticed", "tried")

    def __init__(
        self,
        *args: Any,
        kinds: Choices,
        petition: Petition | None = None,
        words: Sequence[str] = ("", ""),
        **kwargs: Any,
    ) -> None:
        if petition is not None:
            stands = {name: getattr(petition, name) for name in ("kind", "reason", "initiator", "on")}
            kwargs["initial"] = stands | {"noticed": words[0], "tried": words[1]}
        super().__init__(*args, **kwargs)
        self.corrects = petition is not None
        field: Any = self.fields["kind"]
        field.choices = list(kinds)
        if petition is not None:
            field.disabled = True

    def asked(self) -> Asked:
        """As the services take it."""
        told = self.cleaned_data
        return Asked(Reason(told["reason"]), Initiator(told["initiator"]), told["on"], told["noticed"], told["tried"])


class ConclusionForm(forms.Form):
    """What the ППк concludes; without a diagnosis."""

    findings = words_field(
        "Выводы", 2000, "Трудности и на что опереться. Без диагнозов и кодов МКБ: их ставит врач.", required=True
    )
    advice = words_field(
        "Рекомендации педагогам",
        2000,
        "Увидят все, кто работает с обучающимся, когда протокол подписан.",
        required=True,
    )
    parents = words_field("Рекомендации родителям", 2000, rows=3)
    outcome = forms.ChoiceField(label="Результат", choices=Outcome.choices())

    def __init__(self, *args: Any, conclusion: Conclusion | None = None, **kwargs: Any) -> None:
        if conclusion is not None:
            words = conclusion.words
            stands = {"findings": words.findings, "advice": words.advice, "parents": words.parents}
            kwargs["initial"] = stands | {"outcome": conclusion.outcome}
        super().__init__(*args, **kwargs)
        self.corrects = conclusion is not None

    def told(self) -> Concluded:
        """As the services take it."""
        told = self.cleaned_data
        return Concluded(Outcome(told["outcome"]), told["findings"], told["advice"], told["parents"])


class ConclusionAnswerForm(forms.Form):
    """When the conclusion was handed over, what the parents said."""

    corrects = True

    given_on = DayField(label="Передано родителям", required=False, help_text="По порядку — в день заседания.")
    agreement = forms.ChoiceField(
        label="Родители", choices=[("", "ещё не ответили"), *Agreement.choices()], required=False
    )
    agreement_on = DayField(label="Когда ответили", required=False)
    agreement_how = forms.ChoiceField(
        label="Как", choices=[("", "не указано"), *AgreementWay.choices()], required=False
    )
    signed = forms.BooleanField(label="Подпись родителей на заключении есть", required=False)
    dissent = words_field("С чем не согласны", 500, "Если согласны частично или не согласны. Можно не писать.", rows=2)
    teachers_on = DayField(
        label="Доведено до педагогов", required=False, help_text="По порядку — за 3 рабочих дня после заседания."
    )

    helper = laid_out("given_on", Row("agreement", "agreement_on", "agreement_how"), "signed", "dissent", "teachers_on")

    def __init__(self, *args: Any, conclusion: Conclusion, **kwargs: Any) -> None:
        names = ("given_on", "agreement", "agreement_on", "agreement_how", "signed", "teachers_on")
        stands = {name: getattr(conclusion, name) for name in names}
        kwargs["initial"] = stands | {"dissent": conclusion.words.dissent}
        super().__init__(*args, **kwargs)

    def told(self) -> Answered:
        """As the services take it."""
        told = self.cleaned_data
        return Answered(
            agreement=Agreement(told["agreement"]) if told["agreement"] else None,
            on=told["agreement_on"],
            how=AgreementWay(told["agreement_how"]) if told["agreement_how"] else None,
            signed=told["signed"],
            given_on=told["given_on"],
            teachers_on=told["teachers_on"],
            dissent=told["dissent"],
        )


class ReferralForm(forms.Form):
    """A line of the journal of referrals."""

    on = DayField(label="Дата направления")
    reason = words_field(
        "Цель, причина", 500, "Без диагнозов: с какой трудностью и за каким решением.", required=True, rows=3
    )
    handed_on = DayField(label="Документы выданы родителям", required=False)
    result = forms.ChoiceField(label="Результат", choices=PmpkResult.choices(), initial=PmpkResult.WAITS)
    result_on = DayField(label="Когда стал известен", required=False)
    note = words_field("Что рекомендовано", 500, rows=2)

    helper = laid_out(Row("on", "handed_on"), "reason", Row("result", "result_on"), "note")

    def __init__(self, *args: Any, referral: PmpkReferral | None = None, **kwargs: Any) -> None:
        if referral is not None:
            kwargs["initial"] = {name: getattr(referral, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.corrects = referral is not None

    def told(self) -> Referred:
        """As the services take it."""
        told = dict(self.cleaned_data)
        return Referred(**{**told, "result": PmpkResult(told["result"])})


class CaseForm(forms.Form):
    """A new case: its pupils are chosen already, here come the other sides."""

    kind = forms.ChoiceField(label="Конфликт", choices=CaseKind.choices())
    initiator = forms.ChoiceField(label="Кто обратился", choices=Initiator.choices())
    mediator = StaffChoice("Ведущий")
    opened_on = DayField(label="Начат")
    staff = forms.ModelMultipleChoiceField(
        Staff.objects.none(), label="Сотрудники — стороны", required=False, widget=forms.SelectMultiple({"size": 6})
    )
    others = forms.CharField(
        label="Другие стороны",
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 2}),
        help_text="По одной в строке: «мать обучающегося».",
    )

    helper = laid_out(Row("kind", "initiator"), Row("mediator", "opened_on"), "staff", "others")

    def __init__(self, *args: Any, mediators: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("mediator", mediators), ("staff", people)):
            field: Any = self.fields[name]
            field.queryset = rows

    def told(self, pupils: Sequence[Pupil]) -> CaseTold:
        """As the services take it."""
        told = self.cleaned_data
        lines = [" ".join(line.split())[:200] for line in told["others"].splitlines()]
        return CaseTold(
            kind=CaseKind(told["kind"]),
            initiator=Initiator(told["initiator"]),
            mediator=told["mediator"],
            opened_on=told["opened_on"],
            pupils=pupils,
            staff=list(told["staff"]),
            others=[line for line in lines if line],
        )


class CaseCourseForm(forms.Form):
    """How a case goes, for members alone."""

    corrects = True

    course = words_field("Ход", 2000, "Видят только члены службы медиации; чтение записывается.", rows=8)


class CaseEndForm(forms.Form):
    """How a case stands; what was agreed is seen by those whom it concerns."""

    corrects = True

    state = forms.ChoiceField(label="Итог", choices=CaseState.choices(), widget=forms.RadioSelect)
    on = DayField(label="Завершён", required=False, help_text="Пока случай идёт, оставьте пустым.")
    agreed = words_field("О чём договорились", 1000, "Увидят классные руководители сторон и администрация.", rows=3)
    check_on = DayField(label="Проверить, как выполняется", required=False)
    kept = forms.ChoiceField(
        label="Договор выполняется",
        required=False,
        choices=[("", "ещё не проверяли"), ("yes", "да"), ("no", "нет")],
    )

    helper = laid_out("state", "on", "agreed", Row("check_on", "kept"))

    def __init__(self, *args: Any, case: MediationCase, agreed: str, **kwargs: Any) -> None:
        kept = {True: "yes", False: "no", None: ""}[case.kept]
        stands = {"state": case.state, "on": case.closed_on, "check_on": case.check_on}
        kwargs["initial"] = stands | {"agreed": agreed, "kept": kept}
        super().__init__(*args, **kwargs)

    def end(self) -> CaseEnd:
        """As the services take it."""
        told = self.cleaned_data
        kept = {"yes": True, "no": False}.get(told["kept"])
        return CaseEnd(CaseState(told["state"]), told["on"], told["agreed"], told["check_on"], kept)


class FindForm(forms.Form):
    """Whom to choose, by the beginning of the surname."""

    find = TidyCharField(label="Фамилия", max_length=100, required=False)
