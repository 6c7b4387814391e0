"""Who may do what with the registry. Roles are named here and in `school/access.py` only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from risk_registry.categories import EntryState
from risk_registry.interviews import ComplaintState
from risk_registry.models import HomeworkComplaint, Interview, RegistryEntry
from risk_registry.workflow import REGISTRY, Deed
from school.access import Viewer, access_of
from school.models import Enrolment, Pupil, SchoolClass, TeachingAssignment
from school.permissions import leads_class_of
from school.roles import Role

_OF_DEPUTY = frozenset({Deed.APPROVE, Deed.ACCEPT, Deed.RETURN, Deed.REMOVE, Deed.RESTORE, Deed.CORRECT})
_STRANGERS = frozenset({Role.MUNICIPAL})


def can_see_registry(user: Viewer) -> bool:
    """Everybody with a duty in the school: each sees the entries of their own pupils."""
    access = access_of(user)
    return access.school is not None and bool(access.roles - _STRANGERS)


def can_decide_registry(user: Viewer) -> bool:
    """The deputy director approves, returns, removes and restores; the director and others read."""
    access = access_of(user)
    return access.school is not None and Role.DEPUTY in access.roles


def can_see_approvals(user: Viewer) -> bool:
    """Where every class stands: for those who answer for the whole school."""
    return can_see_calibration(user)


def can_calibrate(user: Viewer) -> bool:
    """The deputy director chooses the thresholds by the school's order."""
    return can_decide_registry(user)


def can_see_calibration(user: Viewer) -> bool:
    """Those who answer for the whole school see how long the lists become."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & {Role.DEPUTY, Role.DIRECTOR})


def can_classify(user: Viewer) -> bool:
    """Whoever decides on the registry may have it computed anew."""
    return can_decide_registry(user)


def can_do(user: Viewer, what: Deed, entries: Sequence[RegistryEntry]) -> bool:
    """Whether the deed is this person's, with all of the entries: the class teacher agrees, the deputy decides."""
    school = access_of(user).school
    if school is None or any(entry.school_id != school.pk for entry in entries):
        return False
    if what == Deed.AGREE:
        pupils = {entry.pupil_id for entry in entries}
        return agreeable_pupils(user, pupils) == pupils
    return can_decide_registry(user)


def agreeable_pupils(user: Viewer, pupils: Collection[int]) -> set[int]:
    """Those of the pupils whose class today is led by this person."""
    access = access_of(user)
    if access.staff is None or access.today is None or Role.CLASS_TEACHER not in access.roles:
        return set()
    led = SchoolClass.objects.filter(class_teacher=access.staff)
    seats = Enrolment.objects.on(access.today).filter(pupil__in=pupils, school_class__in=led)
    return set(seats.values_list("pupil", flat=True))


_SPECIALISTS = frozenset({Role.PSYCHOLOGIST, Role.PSYCH_HEAD, Role.SOCIAL_PEDAGOGUE})
_READ_RESTRICTED = _SPECIALISTS | {Role.DEPUTY, Role.DIRECTOR}
_WRITE_CAUSES = _SPECIALISTS | {Role.DEPUTY}


def restricted_readable(user: Viewer, pupils: Collection[int]) -> set[int]:
    """Of these visible pupils, those whose restricted causes and notes are shown to this person.

    The deputy, the director, psychologists and the social pedagogue: the whole school; a class teacher: the own class.
    Nobody else, the administrator of the application included (docs/decisions/0014-restricted-causes.md).
    """
    if access_of(user).roles & _READ_RESTRICTED:
        return set(pupils)
    return agreeable_pupils(user, pupils)


def reads_causes_of(user: Viewer, pupil: Pupil) -> bool:
    """`restricted_readable` of one visible pupil."""
    access = access_of(user)
    whole = access.school is not None and access.school.pk == pupil.school_id and bool(access.roles & _READ_RESTRICTED)
    return whole or leads_class_of(user, pupil)


def can_write_causes(user: Viewer, pupils: Collection[int]) -> bool:
    """Causes are established by the class teacher, the specialists and the deputy; all of them may read them too."""
    if access_of(user).roles & _WRITE_CAUSES:
        return True
    return agreeable_pupils(user, pupils) == set(pupils)


def can_plan_work(user: Viewer) -> bool:
    """Subject teachers say how they work with the pupils whom they teach."""
    access = access_of(user)
    return access.school is not None and Role.SUBJECT_TEACHER in access.roles


def taught_pupils(user: Viewer) -> QuerySet[Pupil]:
    """The pupils whom this person teaches today: whole classes, and subgroups."""
    access = access_of(user)
    if access.staff is None or access.today is None or not can_plan_work(user):
        return Pupil.objects.none()
    mine = TeachingAssignment.objects.on(access.today).filter(staff=access.staff)
    whole = mine.filter(subgroup__isnull=True).values("school_class")
    seated = Enrolment.objects.on(access.today).filter(school_class__in=whole).values("pupil")
    parts = mine.filter(subgroup__isnull=False).values("subgroup__pupils")
    return Pupil.objects.filter(Q(pk__in=seated) | Q(pk__in=parts)).order_by()


def can_agree(user: Viewer) -> bool:
    """Class teachers agree to the entries of their classes."""
    access = access_of(user)
    return access.school is not None and Role.CLASS_TEACHER in access.roles


def entry_deeds(user: Viewer, entry: RegistryEntry, *, leads: bool) -> list[Deed]:
    """What this person may do with the entry now; `leads`: they are the pupil's class teacher."""
    school = access_of(user).school
    if school is None or entry.school_id != school.pk:
        return []
    allowed = set(_OF_DEPUTY) if can_decide_registry(user) else set()
    if leads:
        allowed.add(Deed.AGREE)
    if not (entry.corrected or entry.state == EntryState.APPROVED):
        allowed.discard(Deed.ACCEPT)  # it follows the marks anyway
    return [Deed(deed) for deed in REGISTRY.deeds(entry.state) if deed in allowed]


def can_record_deed(user: Viewer) -> bool:
    """Whoever works with pupils writes down what they did, for those whom they see; an administrator does not."""
    access = access_of(user)
    return access.school is not None and bool(access.roles - _STRANGERS - {Role.ADMINISTRATOR})


def sees_escalated_only(user: Viewer) -> bool:
    """Some signals are shown to the teacher first: the administration sees them when their day has come."""
    return bool(access_of(user).roles & {Role.DEPUTY, Role.DIRECTOR})


def leads_class(user: Viewer) -> bool:
    """Class teachers agree to the entries of their class."""
    access = access_of(user)
    return access.staff is not None and Role.CLASS_TEACHER in access.roles


def watches_unanswered(user: Viewer) -> bool:
    """Whose day begins with what nobody has answered in time: the administration and the social pedagogue."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & {Role.DEPUTY, Role.DIRECTOR, Role.SOCIAL_PEDAGOGUE})


@dataclass(frozen=True)
class Scope:
    """Of which classes and subjects a person sees the whole: all of the school's, or own classes, or own subjects."""

    whole: bool = False
    led: frozenset[int] = frozenset()
    taught: frozenset[tuple[int, int]] = frozenset()
    alarms: bool = False

    def sees(self, school_class: int | None, subject: int) -> bool:
        """Whether the class's subject is theirs to see."""
        return self.whole or school_class in self.led or (school_class, subject) in self.taught

    def alarms_of(self, school_class: int) -> bool:
        """Whether the alarm of the class is."""
        return self.alarms or school_class in self.led

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing for the person at all."""
        return not (self.whole or self.led or self.taught)


_OF_ALARM = frozenset({Role.DEPUTY, Role.DIRECTOR})


def scope_of(user: Viewer) -> Scope:
    """Those who answer for the whole school see all; a class teacher the own class; a teacher the own subjects."""
    access = access_of(user)
    if access.school is None:
        return Scope()
    alarms = bool(access.roles & _OF_ALARM)
    if access.whole_school:
        return Scope(whole=True, alarms=alarms)
    if access.staff is None or access.today is None:
        return Scope()
    led = SchoolClass.objects.filter(class_teacher=access.staff, school=access.school)
    taught = access.staff.assignments.on(access.today).values_list("school_class", "subject")
    return Scope(led=frozenset(led.values_list("pk", flat=True)), taught=frozenset(taught))


def can_see_works(user: Viewer) -> bool:
    """Whoever leads a class, teaches, or answers for the whole school."""
    access = access_of(user)
    mine = access.roles & {Role.CLASS_TEACHER, Role.SUBJECT_TEACHER}
    return access.school is not None and (access.whole_school or bool(mine))


def can_see_works_alarms(user: Viewer) -> bool:
    """The alarm is of a class or of the school, never of a teacher: the administration, and the own class's teacher."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & (_OF_ALARM | {Role.CLASS_TEACHER}))


def can_review_works(user: Viewer) -> bool:
    """The director and the deputy look into alarming works."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _OF_ALARM)


def can_hold_interviews(user: Viewer) -> bool:
    """The administration's interviews are planned, held and noted by the deputy and the director."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _OF_ALARM)


def interviews_for(user: Viewer) -> QuerySet[Interview]:
    """All of the school for those who hold them; anybody else the own ones only, as the other side of the talk."""
    access = access_of(user)
    if access.school is None or access.staff is None:
        return Interview.objects.none()
    rows = Interview.objects.filter(school=access.school)
    return rows if can_hold_interviews(user) else rows.filter(staff=access.staff)


def can_check_complaints(user: Viewer) -> bool:
    """Complaints about homework are checked and answered by the deputy and the director."""
    return can_hold_interviews(user)


def can_record_complaint(user: Viewer) -> bool:
    """A class teacher writes down what the own class complains of (duty C5), the administration any class's."""
    return can_hold_interviews(user) or leads_class(user)


def complaint_classes(user: Viewer) -> QuerySet[SchoolClass]:
    """The classes of this year about which the person may write one down."""
    access = access_of(user)
    if access.school is None or access.today is None or not can_record_complaint(user):
        return SchoolClass.objects.none()
    today = access.today
    rows = SchoolClass.objects.filter(school=access.school, year__starts__lte=today, year__ends__gte=today)
    return rows if can_hold_interviews(user) else rows.filter(class_teacher=access.staff)


def complaints_for(user: Viewer) -> QuerySet[HomeworkComplaint]:
    """All of the school for the administration, those of the own classes for a class teacher, none for others."""
    access = access_of(user)
    if access.school is None or not can_record_complaint(user):
        return HomeworkComplaint.objects.none()
    rows = HomeworkComplaint.objects.filter(school=access.school)
    return rows if can_hold_interviews(user) else rows.filter(school_class__class_teacher=access.staff)


def can_correct_complaint(user: Viewer, complaint: HomeworkComplaint) -> bool:
    """What was recorded is corrected by the administration; by whoever wrote it down, until it is checked."""
    own = complaint.by_id == user.pk and complaint.state == ComplaintState.RECORDED
    return can_hold_interviews(user) or (own and leads_class(user))


def can_note_works(user: Viewer) -> bool:
    """Causes of low results are named by the administration and by heads of methodical unions."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & (_OF_ALARM | {Role.METHODICAL_HEAD}))


def sees_timetable_only(user: Viewer) -> bool:
    """Whoever has a duty in the school, but no class or subject whose results they see."""
    access = access_of(user)
    return access.school is not None and bool(access.roles) and not can_see_works(user)
