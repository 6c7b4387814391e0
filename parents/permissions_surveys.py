"""Who may do what with surveys (docs/decisions/0037-anonymous-surveys.md)."""

from django.db.models import Q, QuerySet

from parents.models import SurveyCampaign, SurveySheet
from parents.survey_words import Audience, CampaignState
from risk_registry.models import RegistryEntry
from risk_registry.permissions import restricted_readable
from risk_registry.selectors.registry import OUT
from school.access import Viewer, access_of, pupils_for
from school.models import Enrolment, Pupil, SchoolClass
from school.roles import Role

_PSYCHOLOGISTS = frozenset({Role.PSYCHOLOGIST, Role.PSYCH_HEAD})
_ADMINISTRATION = frozenset({Role.DEPUTY, Role.DIRECTOR})
_RUN = _PSYCHOLOGISTS | _ADMINISTRATION | {Role.SOCIAL_PEDAGOGUE}


def can_run_surveys(user: Viewer) -> bool:
    """Questionnaires and surveys of the school: the administration, psychologists, the social pedagogue."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _RUN)


def can_see_surveys(user: Viewer) -> bool:
    """Those who run them; class teachers see the surveys of the own class."""
    return can_run_surveys(user) or (access_of(user).staff is not None and Role.CLASS_TEACHER in access_of(user).roles)


def surveys_for(user: Viewer) -> QuerySet[SurveyCampaign]:
    """The surveys that the person may open."""
    access = access_of(user)
    if access.school is None or not can_see_surveys(user):
        return SurveyCampaign.objects.none()
    rows = SurveyCampaign.objects.filter(school=access.school)
    if not can_run_surveys(user):
        mine = rows.filter(classes__school_class__in=led_classes(user)).exclude(state=CampaignState.DRAFT)
        rows = rows.filter(pk__in=mine.values("pk"))
    return rows.select_related("school", "version__questionnaire", "year")


def led_classes(user: Viewer) -> QuerySet[SchoolClass]:
    """The own classes of a class teacher."""
    access = access_of(user)
    if access.staff is None or access.today is None:
        return SchoolClass.objects.none()
    return SchoolClass.objects.filter(
        class_teacher=access.staff, year__starts__lte=access.today, year__ends__gte=access.today
    )


def served_classes(user: Viewer, campaign: SurveyCampaign) -> QuerySet[SchoolClass]:
    """Classes of the survey whose slips and posters the person prints: all, or the own one."""
    rows = SchoolClass.objects.filter(pk__in=campaign.classes.values("school_class"))
    return rows if can_run_surveys(user) else rows.filter(pk__in=led_classes(user).values("pk"))


def can_see_results(user: Viewer, campaign: SurveyCampaign) -> bool:
    """Sums of a closed survey. Without names: the administration alone; others: psychologists too."""
    return campaign.state == CampaignState.CLOSED and reads_results(user, campaign)


def reads_results(user: Viewer, campaign: SurveyCampaign) -> bool:
    """Whether the results are for the person, once the survey is closed."""
    access = access_of(user)
    wide = _ADMINISTRATION if campaign.audience.anonymous else _ADMINISTRATION | _PSYCHOLOGISTS
    return access.school is not None and access.school.pk == campaign.school_id and bool(access.roles & wide)


def sheet_pupils(user: Viewer, campaign: SurveyCampaign) -> QuerySet[Pupil]:
    """Whose answers the person reads.

    A pupil's own: the class teacher and psychologists; a teacher's about causes: those who read restricted causes.
    """
    access = access_of(user)
    if access.today is None or campaign.audience.anonymous or not can_see_surveys(user):
        return Pupil.objects.none()
    rows = pupils_for(user)
    if campaign.audience == Audience.TEACHER:
        keys = rows.filter(pk__in=_asked(campaign).values("pupil")).order_by().values_list("pk", flat=True)
        return rows.filter(pk__in=restricted_readable(user, set(keys)))
    return rows if access.roles & _PSYCHOLOGISTS else rows.filter(pk__in=_led(user))


def answering_pupils(user: Viewer, campaign: SurveyCampaign) -> QuerySet[Pupil]:
    """For whom, or about whom, the person writes answers down: pupils of the asked classes.

    About causes: those of the own class who are in the registry.
    """
    access = access_of(user)
    if access.today is None or campaign.audience.anonymous:
        return Pupil.objects.none()
    rows = pupils_for(user).filter(pk__in=_asked(campaign).values("pupil"))
    if campaign.audience == Audience.PUPIL and access.roles & _PSYCHOLOGISTS:
        return rows
    rows = rows.filter(pk__in=_led(user))
    if campaign.audience == Audience.PUPIL:
        return rows
    inside = RegistryEntry.objects.filter(school=campaign.school_id).exclude(state__in=OUT)
    return rows.filter(pk__in=inside.filter(period__year=campaign.year_id).values("pupil"))


def _asked(campaign: SurveyCampaign) -> QuerySet[Enrolment]:
    seats = Enrolment.objects.on(campaign.school.today())
    return seats.filter(school_class__in=campaign.classes.values("school_class"))


def _led(user: Viewer) -> QuerySet[Enrolment, int]:
    today = access_of(user).today
    seats = Enrolment.objects.filter(school_class__in=led_classes(user))
    now = Q(ends__isnull=True) | Q(ends__gte=today)
    return seats.filter(now, starts__lte=today).values_list("pupil", flat=True)


def can_read_sheet(user: Viewer, sheet: SurveySheet) -> bool:
    """Whether these answers may be shown to the person."""
    return sheet_pupils(user, sheet.campaign).filter(pk=sheet.pupil_id).exists()


def can_keep_sheet(user: Viewer, sheet: SurveySheet) -> bool:
    """Whoever may write such answers down takes them back."""
    return answering_pupils(user, sheet.campaign).filter(pk=sheet.pupil_id).exists()
