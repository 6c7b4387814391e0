"""Conversations with parents, notices, personal links."""

from parents.models.conversations import Conversation, ConversationEdit
from parents.models.links import LinkOpening, PersonalLink
from parents.models.notices import Notice, NoticeStep

__all__ = ["Conversation", "ConversationEdit", "LinkOpening", "Notice", "NoticeStep", "PersonalLink"]
