"""A table that reaches a pupil or a school keeps its history, or says here why not (docs/architecture.md)."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models import Model

from school.models import Pupil, School, User
from tests.test_floors import our_models, relations

WITHOUT_HISTORY = {
    "school.HistoryEvent": "is history",
    "school.RestrictedRead": "a log of its own, which nobody can change",
    "school.Visit": "when a login was last used; holds nothing of anybody",
    "school.SentForm": "tokens of forms that were sent; holds nothing of anybody",
    "school.ImportBatch": "a log of its own: who, when, state, who undid it; its facts are tracked",
    "school.ImportFile": "is written once, with its batch",
    "monitoring.Measurement": "is written once: the database refuses changes",
    "monitoring.SchoolAggregate": "is computed: sums of tables that are tracked, with the moment of counting",
    "documents.Job": "a log of its own: who asked, when, what came of it",
    "documents.StoredFile": "is written once, and removed when its time is over",
    "documents.OutboxMail": "a log of its own: when it was put there and sent",
    "school.ImportChange": "is written once, with its batch: what undoing it needs",
    "gradebook.Coverage": "is written once, with its batch",
    "gradebook.FactChange": "is what an undo restores; the facts themselves are tracked",
    "parents.LinkOpening": "a log of its own, which nobody can change",
    "risk_registry.EntryLook": "is written once: who has seen an entry of the registry, and when",
    "risk_registry.Classification": "says when categories were last computed, and nothing of pupils",
    "parents.SurveySlip": "the hour of each use would tell who answered when",
    "parents.SurveyTally": "the sums before and after would be one person's answers, with their time",
    "parents.SurveyWords": "what was added would be one person's words, with their time",
    "consultations.NoteOpening": "a log of its own, which nobody can change",
    "consultations.NoteOpeningSeen": "a log of its own, which nobody can change",
    "parents.FamilyPrint": "a log of its own, which nobody can change",
    "consultations.NoteReading": "a log of its own, which nobody can change",
}
BATCH = "the import batch is the provenance of a new fact"
# With all other tables a new row is an event too.
WITHOUT_INSERTS = {
    "gradebook.Mark": BATCH,
    "gradebook.Absence": BATCH,
    "gradebook.PeriodResult": BATCH,
    "gradebook.PeriodMean": BATCH,
    "gradebook.AssessmentResult": BATCH,
    "risk_registry.PupilCategory": "computed: a new row says when itself",
    "risk_registry.RegistryStep": "a new step says itself who made it and when",
    "risk_registry.DebtStep": "a new step says itself who made it and when",
    "risk_registry.SignalStep": "a new step says itself who made it and when",
    "risk_registry.InterviewStep": "a new step says itself who made it and when",
    "risk_registry.ComplaintStep": "a new step says itself who made it and when",
    "consultations.AppointmentStep": "a new step says itself who made it and when",
    "consultations.ReferralStep": "a new step says itself who made it and when",
    "consultations.SupportPlanStep": "a new step says itself who made it and when",
    "consultations.SittingStep": "a new step says itself who made it and when",
    "parents.ConversationEdit": "a new edit says itself who made it and when",
    "parents.NoticeStep": "a new step says itself who made it and when",
    "parents.EventStep": "a new step says itself who made it and when",
    "parents.EventProtocol": "a new version says itself who concluded it and when",
    "roadmaps.RoadmapStep": "a new step says itself who made it and when",
    "roadmaps.RoadmapVersion": "a new version says itself who approved it and when",
    "roadmaps.OccurrenceStep": "a new step says itself who made it and when",
    "roadmaps.ProgramStep": "a new step says itself who made it and when",
    "roadmaps.ProgramVersion": "a new version says itself who approved it and when",
    "roadmaps.StaffSittingStep": "a new step says itself who made it and when",
    "roadmaps.StaffDecisionStep": "a new step says itself who made it and when",
    "roadmaps.LocalActStep": "a new step says itself who made it and when",
    "roadmaps.StaffProtocol": "a new version says itself who signed it and when",
    "iom.RouteStep": "a new step says itself who made it and when",
    "iom.PairStep": "a new step says itself who made it and when",
    "iom.RouteVersion": "a new version says itself who approved it and when",
    "risk_registry.SignalResponse": "a new answer says itself who gave it and when",
}


def reaching_models() -> Iterator[type[Model]]:
    reached: set[type[Model]] = {Pupil, School}
    while True:
        more = {model for model in our_models() if model not in reached and _targets(model) & reached}
        if not more:
            break
        reached |= more
    yield from (model for model in reached if model._meta.managed and not model._meta.proxy)


def _targets(model: type[Model]) -> set[type[Model]]:
    # The author of a row does not make it a pupil's or a school's.
    return {target for target in relations(model).values() if target is not User}


def recorded_deeds() -> dict[str, set[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, replace(tgname, 'history_', '') FROM pg_trigger"
            " WHERE tgfoid = 'history_record'::regproc AND tgenabled = 'O'"
        )
        found: dict[str, set[str]] = {}
        for table, deed in cursor.fetchall():
            found.setdefault(table, set()).add(deed)
    return found


@pytest.mark.django_db
def test_every_table_of_pupils_and_schools_keeps_its_history() -> None:
    recorded = recorded_deeds()
    lacking = {}
    for model in reaching_models():
        label = model._meta.label
        wanted = {"update", "delete"} | (set() if label in WITHOUT_INSERTS else {"insert"})
        if label not in WITHOUT_HISTORY and recorded.get(model._meta.db_table, set()) != wanted:
            lacking[label] = sorted(wanted - recorded.get(model._meta.db_table, set())) or ["insert is too much"]
    assert lacking == {}


@pytest.mark.django_db
def test_the_exceptions_exist_and_are_not_tracked() -> None:
    tables = {model._meta.label: model._meta.db_table for model in our_models()}
    assert WITHOUT_HISTORY.keys() | WITHOUT_INSERTS.keys() <= set(tables)
    assert not {tables[label] for label in WITHOUT_HISTORY} & set(recorded_deeds())
