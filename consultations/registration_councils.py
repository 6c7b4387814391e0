"""What councils offer to the floors below: the words of their history, and what of it a pupil's page leaves out."""

from consultations import council_papers
from consultations.council_reading import of_councils
from documents.registry import register_file, register_job
from school.history_words import name_things
from school.selectors_history import keep_back

# How history calls the tables.
_NAMES = {
    "consultations.Council": "совет школы",
    "consultations.CouncilMember": "член совета",
    "consultations.Petition": "ходатайство",
    "consultations.PetitionWords": "текст ходатайства",
    "consultations.Sitting": "заседание совета",
    "consultations.SittingStep": "шаг заседания",
    "consultations.SittingPerson": "участник заседания",
    "consultations.SittingQuestion": "вопрос повестки",
    "consultations.QuestionWords": "ход обсуждения",
    "consultations.CouncilDecision": "решение совета",
    "consultations.SittingProtocol": "протокол заседания",
    "consultations.Conclusion": "коллегиальное заключение",
    "consultations.ConclusionWords": "текст заключения",
    "consultations.ConclusionReader": "ознакомление с заключением",
    "consultations.PmpkReferral": "направление на ПМПК",
    "consultations.MediationCase": "случай медиации",
    "consultations.CaseParty": "сторона случая медиации",
    "consultations.CaseWords": "текст случая медиации",
}


def register() -> None:
    """Called once, when the application is ready."""
    name_things(_NAMES)
    keep_back(of_councils)
    register_job(council_papers.PAPER, "Документ совета", council_papers.paper_run, council_papers.may_have)
    register_file(council_papers.PAPER, council_papers.may_have, council_papers.note_reading)
