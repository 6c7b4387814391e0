"""Looking for a mentor: for whom, in which subject; who could be one; the pair that comes of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from iom.forms_mentoring import FindForm, PlanForm
from iom.mentoring import PairForm
from iom.models import MentoringPair
from iom.permissions_mentoring import can_decide_pairs, can_propose_pairs, forms_for, pupils_to_lead
from iom.selectors.mentors import present_staff, pupil_mentors, teacher_mentors
from iom.services.mentoring import PairOf, pair_propose, pair_start
from iom.views.mentoring import new_plan, pair_reader
from school.access import pupils_for
from school.models import AcademicYear, Enrolment, Pupil, SchoolClass, Staff, Subject, User
from school.selectors import current_year
from school.views.base import FormPage, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

Options = list[tuple[object, str]]
_NOT_CHOSEN: Options = [("", "Не выбран")]


def _proposer(request: HttpRequest) -> tuple[User, AcademicYear | None]:
    user = pair_reader(request)
    if not can_propose_pairs(user):
        raise PermissionDenied("Пары предлагают заместитель директора, руководители ШМО и классные руководители.")
    assert user.school is not None
    return user, current_year(user.school)


class _Finding:
    """What is chosen so far, and what can be chosen next."""

    def __init__(self, request: HttpRequest, user: User) -> None:
        assert user.school is not None
        self.user, self.school = user, user.school
        self.today = self.school.today()
        forms = forms_for(user)
        asked = request.GET.get("form", "")
        self.form = PairForm(asked) if asked in [one.value for one in forms] else forms[0]
        self.pupils = pupils_to_lead(user)
        self.pupil = self._pupil(whole_number(request.GET.get("pupil")))
        self.staff = self._one(present_staff(self.school), request, "staff") if self._of_teachers else None
        self.subject: Subject | None = self._one(Subject.objects.filter(school=self.school), request, "subject")
        seats = Enrolment.objects.on(self.today)
        self.seat = seats.filter(pupil=self.pupil).select_related("school_class").first() if self.pupil else None
        self.cls = self.seat.school_class_id if self.seat else whole_number(request.GET.get("cls"))
        self.shown = FindForm(self._data(request), without=self._unused(), **self._options(forms))

    @property
    def _of_teachers(self) -> bool:
        return self.form == PairForm.TEACHERS

    def _pupil(self, key: int | None) -> Pupil | None:
        return None if key is None or self._of_teachers else self.pupils.filter(pk=key).first()

    def _one(self, rows: Any, request: HttpRequest, name: str) -> Any:
        key = whole_number(request.GET.get(name))
        return rows.filter(pk=key).first() if key is not None else None

    def _data(self, request: HttpRequest) -> Any:
        data = request.GET.copy()
        data["form"] = self.form.value
        data["cls"] = str(self.cls or "")
        return data

    def _unused(self) -> list[str]:
        return ["cls", "pupil"] if self._of_teachers else ["staff", *([] if self.cls else ["pupil"])]

    def _options(self, forms: list[PairForm]) -> dict[str, Options]:
        subjects = Subject.objects.filter(school=self.school)
        options: dict[str, Options] = {
            "form": [(one.value, one.label) for one in forms],
            "subject": [*_NOT_CHOSEN, *((one.pk, one.name) for one in subjects)],
        }
        if self._of_teachers:
            people = present_staff(self.school)
            return options | {"staff": [*_NOT_CHOSEN, *((one.pk, one.short_name) for one in people)]}
        seats = Enrolment.objects.on(self.today).filter(pupil__in=self.pupils.order_by().values("pk"))
        classes = SchoolClass.objects.filter(pk__in=seats.values("school_class"))
        options["cls"] = [*_NOT_CHOSEN, *((one.pk, str(one)) for one in classes)]
        if self.cls:
            mates = self.pupils.filter(pk__in=seats.filter(school_class=self.cls).values("pupil"))
            options["pupil"] = [*_NOT_CHOSEN, *((one.pk, one.list_name) for one in mates)]
        return options

    @property
    def ready(self) -> bool:
        """Whether enough is chosen to look: for whom; for pupils also the subject."""
        if self._of_teachers:
            return self.staff is not None
        return self.pupil is not None and (self.subject is not None or self.form == PairForm.TEACHER)

    def found(self, year: AcademicYear) -> dict[str, Any]:
        """Who could mentor."""
        if not self.ready:
            return {}
        if self.form == PairForm.PUPILS:
            assert self.pupil is not None and self.subject is not None
            return {"pupils": pupil_mentors(self.user, self.pupil, self.subject, year)}
        level = self.seat.school_class.level if self.seat else None
        return {"teachers": teacher_mentors(self.school, self.subject, self.today, level=level, but=self.staff)}


@require_GET
def mentor_find(request: HttpRequest) -> HttpResponse:
    """Choose for whom; below it stand those who could mentor."""
    user, year = _proposer(request)
    if year is None:
        return render(request, "iom/mentor_find.html", {"year": None})
    finding = _Finding(request, user)
    shown = {
        "year": year,
        "form": finding.shown,
        "kind": finding.form.value,
        "ready": finding.ready,
        "led": finding.pupil or finding.staff,
        "subject": finding.subject,
        **finding.found(year),
    }
    return render(request, "iom/mentor_find.html", shown)


def _chosen(request: HttpRequest, user: User) -> PairOf:
    """The two persons of the address; 404 for whom the person may not choose."""
    asked = request.GET.get("form", "")
    form = next((one for one in forms_for(user) if one.value == asked), None)
    if form is None:
        raise PermissionDenied("Такие пары заводят заместитель директора и руководитель ШМО.")
    staff, pupils = Staff.objects.filter(school=user.school), pupils_for(user)
    key, led = whole_number(request.GET.get("mentor")), whole_number(request.GET.get("led"))
    subject = whole_number(request.GET.get("subject"))
    subjects = Subject.objects.filter(school=user.school)
    return PairOf(
        form=form,
        mentor=get_object_or_404(staff, pk=key) if form != PairForm.PUPILS else None,
        mentor_pupil=get_object_or_404(pupils, pk=key) if form == PairForm.PUPILS else None,
        staff=get_object_or_404(staff, pk=led) if form == PairForm.TEACHERS else None,
        pupil=get_object_or_404(pupils_to_lead(user), pk=led) if form != PairForm.TEACHERS else None,
        subject=get_object_or_404(subjects, pk=subject) if subject is not None else None,
    )


@form_view
def pair_new(request: HttpRequest) -> HttpResponse:
    """What the pair of the address plans; a decider's pair is at work at once, a class teacher's is proposed."""
    user, year = _proposer(request)
    assert user.school is not None
    who = _chosen(request, user)
    initial = new_plan(user, year) if year is not None else {}
    form = PlanForm(sent(request), form=who.form, curators=present_staff(user.school), initial=initial)
    names = _names(who)
    starts = can_decide_pairs(user)
    page = FormPage(
        "Новая наставническая пара",
        ("Наставничество", reverse("mentoring:list")),
        "Создать пару" if starts else "Предложить пару",
        "Пара действует." if starts else "Пара предложена: её запустит заместитель директора или руководитель ШМО.",
        meta=names,
    )

    def save() -> str:
        made: MentoringPair = pair_propose(by=user, who=who, plan=form.plan())
        if starts:
            pair_start(by=user, pair=made)
        return reverse("mentoring:pair", args=[made.pk])

    return answer_form(request, page, form, save)


def _names(who: PairOf) -> str:
    mentor, led = who.mentor or who.mentor_pupil, who.staff or who.pupil
    names = f"{mentor.short_name if mentor else ''} — {led.short_name if led else ''}"
    return names + (f", {who.subject}" if who.subject else "")
