"""The two looks of documents: papers made of parts, and the quarter's report with tables of its own."""

from typing import Any

from documents.papers.keeping import freeze_paper, thaw_paper
from documents.papers.printed import Printed, Sentence
from documents.papers.rendering import RENDERERS, papers_name
from monitoring.models import Report, ReportState
from monitoring.reports.kinds import Look


def sentences_of(report: Report) -> dict[str, Sentence]:
    """What people decided about suggested sentences, by their codes."""
    return {code: Sentence(one["state"], one.get("text", "")) for code, one in report.sentences.items()}


def withdrawn_words(report: Report) -> str:
    """What the print of a withdrawn document says above everything; empty of any other."""
    return f"Утверждение отозвано: {report.grounds}" if report.state == ReportState.WITHDRAWN else ""


def paper_printed(report: Report) -> Printed:
    """What was kept of a paper."""
    return Printed(
        thaw_paper(report.data),
        report.number,
        report.approved_on,
        report.conclusions,
        sentences_of(report),
        report.digest if report.number else "",
        withdrawn_words(report),
    )


def paper_context(printed: Printed, period: int) -> dict[str, Any]:
    """What the page of a paper needs."""
    paper = printed.paper
    about = f" {paper.head.about}" if paper.head.about and paper.head.about not in paper.title else ""
    return {
        "printed": printed,
        "paper": paper,
        "links": True,
        "heading": f"{paper.title}{about} {paper.head.period_words} {paper.head.year}",
        "made_at": paper.head.made_at,
        "chips": [(section.code, section.title) for section in paper.sections if section.title],
    }


PAPER = Look(
    freeze=freeze_paper,
    thaw=thaw_paper,
    printed=paper_printed,
    fresh=Printed,
    template="documents/paper/_body.html",
    context=paper_context,
    renderers=RENDERERS,
    name=papers_name,
)
