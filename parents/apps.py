from django.apps import AppConfig

from school.history_words import name_things

# How history calls the tables.
_NAMES = {
    "parents.Conversation": "беседа с родителем",
    "parents.ConversationEdit": "правка беседы с родителем",
    "parents.Notice": "уведомление родителям",
    "parents.NoticeStep": "шаг уведомления",
    "parents.PersonalLink": "личная ссылка",
    "parents.LinkOpening": "обращение к личной ссылке",
}


class ParentsConfig(AppConfig):
    name = "parents"
    verbose_name = "Родители"

    def ready(self) -> None:
        """Say how history calls the tables."""
        name_things(_NAMES)
