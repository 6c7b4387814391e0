"""What the work with parents offers to the floors below: its papers."""

from documents.registry import Params, register_file, register_job, register_report
from iom.reports.journals_print import journal_name
from parents import escalation_printing, link_papers
from parents.escalation_history import of_family_cases
from parents.models import SurveyCampaign
from parents.permissions import can_see_conversations
from parents.permissions_surveys import can_run_surveys, can_see_results
from parents.reports import conversations, notices, surveys
from parents.selectors.consent_scans import may_fetch_scan, note_scan, papers_of_consents
from parents.services.consent_scans import SCAN
from school.access import access_of
from school.consent_papers import papers_register
from school.models import User
from school.selectors_history import keep_back

PARENT_TALKS = "parent_talks"
NOTICE = "notice"
SURVEY = "survey"
SURVEY_BLANK = "survey_blank"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(
        PARENT_TALKS,
        conversations.TITLE,
        conversations.build_parent_talks,
        conversations.RENDERERS,
        may_print,
        journal_name,
    )
    register_file(SCAN, may_fetch_scan, note_scan)
    papers_register(papers_of_consents)
    register_job(link_papers.PRINT, "Печать уведомлений с QR-кодами", link_papers.run_print, link_papers.may_print)
    register_file(link_papers.FILE, link_papers.may_fetch)
    register_job(
        escalation_printing.PRINT, "Материалы для комиссии", escalation_printing.run_print, escalation_printing.may_have
    )
    register_file(escalation_printing.FILE, escalation_printing.may_have, escalation_printing.note_reading)
    keep_back(of_family_cases)
    register_report(NOTICE, notices.TITLE, notices.build_notices, notices.RENDERERS, may_print, notices.notices_name)
    register_report(
        SURVEY, surveys.TITLE, surveys.build_survey, surveys.RENDERERS, may_have_results, surveys.survey_name
    )
    register_report(
        SURVEY_BLANK,
        surveys.BLANK_TITLE,
        surveys.build_blank,
        surveys.BLANK_RENDERERS,
        may_have_blank,
        surveys.blank_name,
    )


def may_print(user: User, params: Params) -> bool:
    """Everybody in the own school: the paper names only the pupils whom they see."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_conversations(user)


def may_have_results(user: User, params: Params) -> bool:
    """Whoever sees the results of this survey on the page, asked anew at each fetch."""
    rows = SurveyCampaign.objects.select_related("version__questionnaire").filter(school=params["school"])
    campaign = rows.filter(pk=params.get("extra", {}).get("survey")).first()
    return campaign is not None and can_see_results(user, campaign)


def may_have_blank(user: User, params: Params) -> bool:
    """Whoever runs surveys of the school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_run_surveys(user)
