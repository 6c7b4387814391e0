"""Who may see whom, and why. The one place that turns a person's duties into rows.

Every queryset's `visible_to(user)` builds on `pupils_for`. What is found here is kept on the user object, which
lives for one request (or one run of a task): a right taken away is gone at the next.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q, QuerySet

from school.models import (
    Enrolment,
    Pupil,
    School,
    SchoolClass,
    Staff,
    StaffPosition,
    TeachingAssignment,
    User,
)
from school.roles import Position, ResponsibilityKind, Role

Viewer = User | AnonymousUser

# These see every pupil of their school: they answer for the whole of it.
WHOLE_SCHOOL = frozenset(
    {
        Role.DIRECTOR,
        Role.DEPUTY,
        Role.PSYCHOLOGIST,
        Role.PSYCH_HEAD,
        Role.SOCIAL_PEDAGOGUE,
        Role.ADMINISTRATOR,
    }
)
_OF_POSITION = {
    Position.DIRECTOR: Role.DIRECTOR,
    Position.DEPUTY: Role.DEPUTY,
    Position.PSYCHOLOGIST: Role.PSYCHOLOGIST,
    Position.PSYCH_HEAD: Role.PSYCH_HEAD,
    Position.SOCIAL_PEDAGOGUE: Role.SOCIAL_PEDAGOGUE,
    Position.SPEECH_THERAPIST: Role.SPEECH_THERAPIST,
    Position.METHODICAL_HEAD: Role.METHODICAL_HEAD,
    Position.TUTOR: Role.TUTOR,
    Position.MENTOR: Role.MENTOR,
}
_OF_RESPONSIBILITY = {ResponsibilityKind.TUTOR: Role.TUTOR, ResponsibilityKind.MENTOR: Role.MENTOR}
# Written out: it is a part of every page, and the models take longer to say it than the server to answer.
_NOW = "(starts IS NULL OR starts <= %(today)s) AND (ends IS NULL OR ends >= %(today)s)"
_DUTIES = f"""
    SELECT ARRAY(SELECT position FROM school_staffposition WHERE staff_id = %(staff)s AND {_NOW}),
        EXISTS(SELECT FROM school_schoolclass c JOIN school_academicyear y ON y.id = c.year_id
            WHERE c.class_teacher_id = %(staff)s AND %(today)s BETWEEN y.starts AND y.ends),
        EXISTS(SELECT FROM school_teachingassignment WHERE staff_id = %(staff)s AND {_NOW}),
        ARRAY(SELECT kind FROM school_responsibility WHERE person_id = %(staff)s AND {_NOW})
"""  # noqa: S608 — of constants


@dataclass(frozen=True)
class Access:
    """What a person's duties come to on one day."""

    school: School | None = None
    today: date | None = None
    staff: Staff | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)

    @property
    def whole_school(self) -> bool:
        """Whether every pupil of the school is visible."""
        return bool(self.roles & WHOLE_SCHOOL)

    @cached_property
    def pupils(self) -> QuerySet[Pupil]:
        """Those of the duties: said once, asked many times a request."""
        if self.school is None:
            return Pupil.objects.none()
        own = Pupil.objects.filter(school=self.school)
        if self.whole_school:
            return own
        if self.staff is None or self.today is None or not self.roles:
            return own.none()
        return own.filter(_by_duty(self.staff, self.today))


def access_of(user: Viewer) -> Access:
    """The person's duties today; a constant number of queries, once a request."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return Access()
    known: Access | None = getattr(user, "_access", None)
    if known is None:
        known = _read_access(user)
        user._access = known  # type: ignore[attr-defined]
    return known


def _read_access(user: User) -> Access:
    roles: set[Role] = set()
    if user.is_administrator:
        roles.add(Role.ADMINISTRATOR)
    if user.municipality_id is not None:
        roles.add(Role.MUNICIPAL)
    school = user.school
    if school is None:
        return Access(roles=frozenset(roles))
    today = school.today()
    staff = user.staff
    if staff is not None and (staff.left_on is None or staff.left_on >= today):
        roles |= _roles_of_staff(staff, today)
    return Access(school=school, today=today, staff=staff, roles=frozenset(roles))


def _roles_of_staff(staff: Staff, today: date) -> set[Role]:
    """All duties in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_DUTIES, {"staff": staff.pk, "today": today})
        positions, leads, teaches, kinds = cursor.fetchone()
    roles = {_OF_POSITION[Position(position)] for position in positions if Position(position) in _OF_POSITION}
    taught = teaches or ResponsibilityKind.EXTRA_LESSONS in kinds
    found = {Role.CLASS_TEACHER: leads, Role.SUBJECT_TEACHER: taught}
    found |= {role: kind in kinds for kind, role in _OF_RESPONSIBILITY.items()}
    return roles | {role for role, held_now in found.items() if held_now}


def roles_of(user: Viewer) -> frozenset[Role]:
    """The person's roles today."""
    return access_of(user).roles


def pupils_for(user: Viewer) -> QuerySet[Pupil]:
    """The pupils whom this person may see, by name; nobody for strangers and for municipalities.

    A class teacher sees the class, a subject teacher those who are taught, a tutor,
    mentor or specialist those they answer for; the administration and the psychological service the whole school.
    """
    return access_of(user).pupils.all()


def _by_duty(staff: Staff, today: date) -> Q:
    led = SchoolClass.objects.filter(class_teacher=staff, year__starts__lte=today, year__ends__gte=today)
    whole = staff.assignments.on(today).filter(subgroup__isnull=True).values("school_class")
    parts = staff.assignments.on(today).filter(subgroup__isnull=False).values("subgroup__pupils")
    answers = staff.responsibilities.on(today).values("pupil")
    seated = Enrolment.objects.on(today).filter(Q(school_class__in=led) | Q(school_class__in=whole))
    return Q(pk__in=seated.values("pupil")) | Q(pk__in=parts) | Q(pk__in=answers)


def classes_for(user: Viewer) -> QuerySet[SchoolClass]:
    """The classes of the current year whose page this person may open, in order."""
    access = access_of(user)
    if access.school is None or access.today is None:
        return SchoolClass.objects.none()
    current = SchoolClass.objects.filter(
        school=access.school, year__starts__lte=access.today, year__ends__gte=access.today
    )
    if access.whole_school:
        return current
    if access.staff is None:
        return current.none()
    taught = access.staff.assignments.on(access.today).values("school_class")
    return current.filter(Q(class_teacher=access.staff) | Q(pk__in=taught))


def readable_classes(user: Viewer) -> QuerySet[SchoolClass]:
    """The classes that this person may still read, of all years: the current ones, and past ones of their own.

    Whoever sees the whole school reads all; a class teacher also those that they led. Of the pupils in them the person
    sees whom they see today.
    """
    access = access_of(user)
    if access.school is None or (access.staff is None and not access.whole_school):
        return SchoolClass.objects.none()
    own = SchoolClass.objects.filter(school=access.school)
    if access.whole_school:
        return own
    led = Q(class_teacher=access.staff) & Q(year__starts__lte=access.today)
    return own.filter(led | Q(pk__in=classes_for(user).order_by().values("pk")))


def why_visible(user: Viewer, pupil: Pupil) -> list[str]:
    """The reasons in words, e.g. «классный руководитель 7А»; empty when the pupil is not visible."""
    access = access_of(user)
    if access.school is None or access.today is None or pupil.school_id != access.school.pk:
        return []
    reasons = [role.label for role in Role if role in access.roles & WHOLE_SCHOOL]
    if access.staff is not None and access.roles:
        reasons += _reasons_of_duty(access.staff, access.today, pupil)
    return reasons


def _reasons_of_duty(staff: Staff, today: date, pupil: Pupil) -> list[str]:
    led = SchoolClass.objects.filter(class_teacher=staff, year__starts__lte=today, year__ends__gte=today).filter(
        pk__in=pupil.enrolments.on(today).values("school_class")
    )
    reasons = [f"классный руководитель {school_class}" for school_class in led]
    sits_in = pupil.enrolments.on(today).values("school_class")
    taught = staff.assignments.on(today).filter(
        Q(subgroup__isnull=True, school_class__in=sits_in) | Q(subgroup__pupils=pupil)
    )
    reasons += [f"ведёт предмет «{a.subject.name}»" for a in taught.select_related("subject").distinct()]
    answers = staff.responsibilities.on(today).filter(pupil=pupil)
    return reasons + [row.get_kind_display().lower() for row in answers]


@dataclass(frozen=True)
class Reader:
    """Somebody who sees a pupil's page: the name and the reasons in words."""

    name: str
    reasons: tuple[str, ...]


def who_sees(pupil: Pupil) -> list[Reader]:
    """Everybody who sees the pupil today and why, by name; `why_visible` seen from the other side. Five queries.

    Only people with a working login see anything.
    """
    today = pupil.school.today()
    present = Q(staff__left_on__isnull=True) | Q(staff__left_on__gte=today)
    users = User.objects.filter(present, is_active=True, school=pupil.school_id).select_related("staff")
    reasons = _reasons_by_staff(pupil, today)
    found = []
    for user in users.order_by("staff__sort_key", "username"):
        mine = [Role.ADMINISTRATOR.label] if user.is_administrator else []
        mine += reasons.get(user.staff_id or 0, [])
        if mine:
            found.append(Reader(user.display_name, tuple(mine)))
    return found


def _reasons_by_staff(pupil: Pupil, today: date) -> dict[int, list[str]]:
    """In the order and in the words of `why_visible`."""
    reasons: dict[int, list[str]] = {}
    held = StaffPosition.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=today), Q(ends__isnull=True) | Q(ends__gte=today)
    ).filter(staff__school=pupil.school_id)
    roles = [(staff, _OF_POSITION.get(Position(value))) for staff, value in held.values_list("staff", "position")]
    for role in Role:
        for staff, held_role in roles:
            if held_role == role and role in WHOLE_SCHOOL:
                reasons.setdefault(staff, []).append(role.label)
    seats = list(pupil.enrolments.on(today).select_related("school_class"))
    for seat in seats:
        if seat.school_class.class_teacher_id is not None:
            words = f"классный руководитель {seat.school_class}"
            reasons.setdefault(seat.school_class.class_teacher_id, []).append(words)
    taught = TeachingAssignment.objects.on(today).filter(
        Q(subgroup__isnull=True, school_class__in=[seat.school_class_id for seat in seats]) | Q(subgroup__pupils=pupil)
    )
    for staff, subject in taught.values_list("staff", "subject__name").order_by("subject__sort_key").distinct():
        reasons.setdefault(staff, []).append(f"ведёт предмет «{subject}»")
    for answer in pupil.responsibilities.on(today):
        reasons.setdefault(answer.person_id, []).append(answer.get_kind_display().lower())
    return reasons
