"""Who may do what in the school's own rooms. Roles are named here and in `school/access.py` only."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from school.access import Viewer, access_of, pupils_for, roles_of
from school.models import Enrolment, Pupil, Staff, StaffPosition, User
from school.roles import Position, ResponsibilityKind, Role

_ISSUERS = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.ADMINISTRATOR})
_EDITORS = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.ADMINISTRATOR})
# Health and family facts: those whose duty they are. The administrator of the machine is not among them.
_SOCIAL_READERS = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.PSYCHOLOGIST, Role.PSYCH_HEAD, Role.SOCIAL_PEDAGOGUE})
_SOCIAL_EDITORS = frozenset({Role.SOCIAL_PEDAGOGUE})
# Guardians, beside those who keep the school's data: in the own class also its teacher.
_GUARDIAN_KEEPERS = _EDITORS | {Role.SOCIAL_PEDAGOGUE}
_AUDITORS = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})


def can_issue_logins(user: Viewer) -> bool:
    """The director, the deputy and the administrator hand out logins."""
    return access_of(user).school is not None and bool(roles_of(user) & _ISSUERS)


def can_change_login(user: User, staff: Staff) -> bool:
    """Whether this person's login may be issued, reset or switched off by the user."""
    return logins_changeable_by(user).filter(pk=staff.pk).exists()


def logins_changeable_by(user: User) -> QuerySet[Staff]:
    """Whose logins the user may take in hand: of one's own school, not one's own, and nobody's of higher rank.

    A reset password is a way in: an administrator's only by an administrator, the director's by either of the two.
    """
    if not can_issue_logins(user):
        return Staff.objects.none()
    people = Staff.objects.filter(school=user.school).exclude(user=user)
    roles = roles_of(user)
    if Role.ADMINISTRATOR in roles:
        return people
    people = people.exclude(user__is_administrator=True)
    return people if Role.DIRECTOR in roles else people.exclude(Exists(_directorship()))


def _directorship() -> QuerySet[StaffPosition]:
    return StaffPosition.objects.filter(Q(ends__isnull=True), staff=OuterRef("pk"), position=Position.DIRECTOR)


def can_see_school(user: Viewer) -> bool:
    """Calendar, classes, subjects, staff: everybody who has a duty in the school."""
    access = access_of(user)
    return access.school is not None and bool(access.roles)


def can_edit_school(user: Viewer) -> bool:
    """The director, the deputy and the administrator keep the school's data, pupils included."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _EDITORS)


def can_open_first_school(user: Viewer) -> bool:
    """The administrator of an installation, as long as no school is theirs."""
    return Role.ADMINISTRATOR in roles_of(user) and access_of(user).school is None


def can_keep_municipality(user: Viewer) -> bool:
    """Its coordinators, and the administrators of its schools."""
    access = access_of(user)
    if Role.MUNICIPAL in access.roles:
        return True
    in_one = access.school is not None and access.school.municipality_id is not None
    return in_one and Role.ADMINISTRATOR in access.roles


def can_issue_coordinators(user: Viewer) -> bool:
    """Logins of coordinators are handed out by the administrators of the municipality's schools."""
    return can_keep_municipality(user) and Role.ADMINISTRATOR in roles_of(user)


def can_see_social_record(user: Viewer, pupil: Pupil) -> bool:
    """Restricted facts: the administration, the psychological service, and the pupil's own class teacher."""
    if roles_of(user) & _SOCIAL_READERS and pupil.school_id == _school_id(user):
        return True
    return leads_class_of(user, pupil)


def can_see_social_passport(user: Viewer) -> bool:
    """The social passport of a school or of one's own class: whoever may read it of some pupils."""
    return bool(roles_of(user) & (_SOCIAL_READERS | {Role.CLASS_TEACHER})) and access_of(user).school is not None


def social_pupils_for(user: Viewer) -> QuerySet[Pupil]:
    """The pupils of whom `can_see_social_record` is true, as rows."""
    access = access_of(user)
    if access.school is None or access.today is None:
        return Pupil.objects.none()
    if access.roles & _SOCIAL_READERS:
        return pupils_for(user)
    if access.staff is None or Role.CLASS_TEACHER not in access.roles:
        return Pupil.objects.none()
    led = Enrolment.objects.on(access.today).filter(school_class__class_teacher=access.staff)
    return pupils_for(user).filter(pk__in=led.values("pupil"))


def can_keep_consents(user: Viewer, pupil: Pupil) -> bool:
    """Whoever may read restricted facts collects the papers for them: the class teacher in the own class."""
    return can_see_social_record(user, pupil)


def can_see_readings(user: Viewer) -> bool:
    """Who opened what: for those who answer for it, the director and the administrator."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _AUDITORS)


def can_edit_social_record(user: Viewer, pupil: Pupil) -> bool:
    """The social passport is entered by the social pedagogue; whoever else reads it does not write it."""
    return bool(roles_of(user) & _SOCIAL_EDITORS) and pupil.school_id == _school_id(user)


def can_see_contacts(user: Viewer, pupil: Pupil) -> bool:
    """Telephones and e-mail of guardians: whoever sees the whole school, leads the class or answers for the pupil."""
    access = access_of(user)
    if access.whole_school and pupil.school_id == _school_id(user):
        return True
    if leads_class_of(user, pupil):
        return True
    if access.staff is None or access.today is None:
        return False
    known: dict[int, bool] = user.__dict__.setdefault("_answers_for", {})
    if pupil.pk not in known:
        answers = access.staff.responsibilities.on(access.today).filter(pupil=pupil)
        known[pupil.pk] = answers.exclude(kind=ResponsibilityKind.EXTRA_LESSONS).exists()
    return known[pupil.pk]


def can_keep_guardians(user: Viewer, pupil: Pupil) -> bool:
    """Who the guardians are and how to reach them: the school's keepers, the social pedagogue, the class teacher."""
    if roles_of(user) & _GUARDIAN_KEEPERS and pupil.school_id == _school_id(user):
        return True
    return leads_class_of(user, pupil)


def can_join_guardians(user: Viewer) -> bool:
    """Look among guardians of all classes, make two records one: whoever keeps those of the whole school."""
    return access_of(user).school is not None and bool(roles_of(user) & _GUARDIAN_KEEPERS)


def leads_class_of(user: Viewer, pupil: Pupil) -> bool:
    """Whether the person is the class teacher of the class in which the pupil sits today; asked once a request."""
    access = access_of(user)
    if access.staff is None or access.today is None or Role.CLASS_TEACHER not in access.roles:
        return False
    known: dict[int, bool] = user.__dict__.setdefault("_leads_class_of", {})
    if pupil.pk not in known:
        seats = pupil.enrolments.on(access.today)
        known[pupil.pk] = seats.filter(school_class__class_teacher=access.staff).exists()
    return known[pupil.pk]


def leads_class_told(user: Viewer, pupil: Pupil, seats: Iterable[Enrolment]) -> None:
    """Answer `leads_class_of` beforehand from all the pupil's seats, read with their classes: no query is needed."""
    access = access_of(user)
    if access.staff is None or access.today is None:
        return
    today = access.today
    sits = (one for one in seats if one.starts <= today and (one.ends is None or one.ends >= today))
    known: dict[int, bool] = user.__dict__.setdefault("_leads_class_of", {})
    known[pupil.pk] = any(one.school_class.class_teacher_id == access.staff.pk for one in sits)


def _school_id(user: Viewer) -> int | None:
    school = access_of(user).school
    return None if school is None else school.pk
