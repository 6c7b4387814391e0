"""Conversations with parents, notices to them."""

from parents.models.conversations import Conversation, ConversationEdit
from parents.models.notices import Notice, NoticeStep

__all__ = ["Conversation", "ConversationEdit", "Notice", "NoticeStep"]
