"""What the desk offers to the floors below: the work that prints a pupil's card, blanks of consents and the summary of
the heads, and who may have their files."""

from desk import card, consent_form, council_sheet, summary_paper
from desk.reports.council_sheet import TITLE as SHEET_TITLE
from documents.registry import register_file, register_job, register_report


def register() -> None:
    """Called once, when the application is ready."""
    register_job(card.CARD, card.TITLE, card.card_run, card.may_have)
    register_file(card.CARD, card.may_have)
    register_job(consent_form.FORM, consent_form.TITLE, consent_form.form_run, consent_form.may_have)
    register_file(consent_form.FORM, consent_form.may_have)
    register_job(consent_form.FORMS, consent_form.FORMS_TITLE, consent_form.forms_run, consent_form.may_have_forms)
    register_file(consent_form.FORMS, consent_form.may_have_forms)
    register_job(summary_paper.SUMMARY, summary_paper.TITLE, summary_paper.summary_run, summary_paper.may_have)
    register_file(summary_paper.SUMMARY, summary_paper.may_have)
    register_job(council_sheet.SHEET, SHEET_TITLE, council_sheet.sheet_run, council_sheet.may_have)
    register_file(council_sheet.SHEET, council_sheet.may_have)
    register_report(
        council_sheet.REPORT,
        SHEET_TITLE,
        council_sheet.sheet_for_query,
        council_sheet.RENDERERS,
        council_sheet.may_report,
        council_sheet.sheet_name,
    )
