"""What the demo's administration has talked about this autumn, and one complaint about homework."""

from datetime import date

from demo import cast
from demo.decisions import on_day
from risk_registry.interviews import Channel, CheckMethod, Complainant, Finding, InterviewKind
from risk_registry.models import HomeworkComplaint, Interview, RegistryEntry
from risk_registry.services.complaints import Checked, ComplaintDraft, complaint_check, complaint_record
from risk_registry.services.interviews import Partner, Told, interview_correct, interviews_hold, interviews_plan
from school.models import AcademicYear, Period, School, SchoolClass, Subject, User

_SEPTEMBER, _OCTOBER, _NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
_AHEAD = date(2026, 11, 25)


def talk(school: School) -> None:
    """The deputy talked with most class teachers and with a pupil, plans the rest of November, checks a complaint."""
    with on_day(school, date(2026, 11, 9)):
        _complain(school)
        _talk_with_pupil(school)
    with on_day(school, date(2026, 11, 12)):
        _talk_with_teachers(school)
    with on_day(school, date(2026, 11, 19)):
        _check()


def _talk_with_teachers(school: School) -> None:
    deputy, year = _deputy(), _year(school)
    classes = list(SchoolClass.objects.filter(year=year, class_teacher__isnull=False).select_related("class_teacher"))
    for month, day, those in (
        (_SEPTEMBER, date(2026, 9, 14), classes),
        (_OCTOBER, date(2026, 10, 12), [one for one in classes if one.grade != 8]),
        (_NOVEMBER, date(2026, 11, 12), [one for one in classes if one.grade <= 6]),
    ):
        interviews_hold(by=deputy, year=year, partners=[_monthly(one, month) for one in those], on=day)
    ahead = [_monthly(one, _NOVEMBER) for one in classes if one.grade == 7]
    interviews_plan(by=deputy, year=year, partners=ahead, on=_AHEAD)
    _note(deputy)


def _deputy() -> User:
    return User.objects.get(username="zavuch")


def _year(school: School) -> AcademicYear:
    return AcademicYear.objects.select_related("school").get(school=school, start=cast.START)


def _monthly(school_class: SchoolClass, month: date) -> Partner:
    return Partner(InterviewKind.MONTHLY, staff=school_class.class_teacher, school_class=school_class, month=month)


def _note(deputy: User) -> None:
    """7А in October: what was agreed."""
    rows = Interview.objects.filter(month=_OCTOBER, school_class__grade=7, school_class__letter="А")
    for one in rows:
        agreed = "Консультации по алгебре по четвергам, встреча с родителями до конца месяца."
        interview_correct(by=deputy, interview=one, told=Told(date(2026, 10, 12), agreed=agreed, next_on=_AHEAD))


def _talk_with_pupil(school: School) -> None:
    year = _year(school)
    first = Period.objects.get(year=year, system=year.main_system, number=1)
    entry = RegistryEntry.objects.filter(period=first, pupil__last_name="Ковтун").select_related("pupil").first()
    if entry is not None:
        partner = Partner(InterviewKind.PUPIL, pupil=entry.pupil, period=first)
        interviews_hold(by=_deputy(), year=year, partners=[partner], on=date(2026, 11, 9))


def _complain(school: School) -> None:
    """Parents of 7А find it too much."""
    seventh = SchoolClass.objects.filter(year=_year(school), grade=7, letter="А").select_related("year", "school")
    draft = ComplaintDraft(
        seventh.get(),
        date(2026, 11, 9),
        Complainant.PARENT,
        Channel.MEETING,
        "По вечерам на уроки уходит почти три часа.",
        subjects=list(Subject.objects.filter(school=school, name__in=("Алгебра", "Русский язык"))),
    )
    complaint_record(by=User.objects.get(username="klass"), draft=draft)


def _check() -> None:
    """The time was measured; the answer is still to be given."""
    measure = "Учителя согласовали дни больших заданий."
    checked = Checked(date(2026, 11, 19), CheckMethod.MEASURED, Finding.CONFIRMED, 170, measure)
    complaint_check(by=_deputy(), complaint=HomeworkComplaint.objects.get(), checked=checked)
