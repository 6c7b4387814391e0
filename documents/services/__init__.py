"""Deeds of this floor. Other apps import from here."""

from documents.services.files import file_delete, file_open_for, file_store, files_purge
from documents.services.jobs import job_cancel, job_request, jobs_recover
from documents.services.mail import mail_put, outbox_send
from documents.services.numbers import number_next
from documents.services.reports import report_job_request, report_render

__all__ = [
    "file_delete",
    "file_open_for",
    "file_store",
    "files_purge",
    "job_cancel",
    "job_request",
    "jobs_recover",
    "mail_put",
    "number_next",
    "outbox_send",
    "report_job_request",
    "report_render",
]
