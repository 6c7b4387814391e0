"""Conversations with parents, notices to them."""

from parents.models.consent_scans import ConsentScan
from parents.models.conversations import Conversation, ConversationEdit
from parents.models.notices import Notice, NoticeStep

__all__ = ["ConsentScan", "Conversation", "ConversationEdit", "Notice", "NoticeStep"]
