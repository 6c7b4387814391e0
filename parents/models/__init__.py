"""Conversations with parents, notices to them, personal links, events for them, surveys."""

from parents.models.consent_scans import ConsentScan
from parents.models.conversations import Conversation, ConversationEdit
from parents.models.escalation import FamilyCase, FamilyFact, FamilyPrint, FamilyStep
from parents.models.events import (
    EventClass,
    EventDecision,
    EventMark,
    EventMaterial,
    EventProtocol,
    EventStep,
    ParentEvent,
)
from parents.models.links import LinkOpening, LinkRules, PersonalLink
from parents.models.notices import Notice, NoticeStep
from parents.models.surveys import (
    Question,
    Questionnaire,
    QuestionnaireVersion,
    SurveyCampaign,
    SurveyClass,
    SurveyGroup,
    SurveySheet,
    SurveySlip,
    SurveyTally,
    SurveyWords,
)

__all__ = [
    "ConsentScan",
    "Conversation",
    "ConversationEdit",
    "EventClass",
    "EventDecision",
    "EventMark",
    "EventMaterial",
    "EventProtocol",
    "EventStep",
    "FamilyCase",
    "FamilyFact",
    "FamilyPrint",
    "FamilyStep",
    "LinkOpening",
    "LinkRules",
    "Notice",
    "NoticeStep",
    "ParentEvent",
    "PersonalLink",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "SurveyCampaign",
    "SurveyClass",
    "SurveyGroup",
    "SurveySheet",
    "SurveySlip",
    "SurveyTally",
    "SurveyWords",
]
