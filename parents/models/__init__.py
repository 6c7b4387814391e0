"""Conversations with parents, notices to them, surveys."""

from parents.models.consent_scans import ConsentScan
from parents.models.conversations import Conversation, ConversationEdit
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
    "Notice",
    "NoticeStep",
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
