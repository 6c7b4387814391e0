from django.apps import AppConfig

from school.history_words import name_things

# How history calls the tables.
_NAMES = {
    "parents.ConsentScan": "скан согласия",
    "parents.Conversation": "беседа с родителем",
    "parents.ConversationEdit": "правка беседы с родителем",
    "parents.Notice": "уведомление родителям",
    "parents.NoticeStep": "шаг уведомления",
    "parents.Questionnaire": "анкета",
    "parents.QuestionnaireVersion": "версия анкеты",
    "parents.Question": "вопрос анкеты",
    "parents.SurveyCampaign": "опрос",
    "parents.SurveyGroup": "группа опроса",
    "parents.SurveyClass": "класс опроса",
    "parents.SurveySheet": "ответы на анкету",
}


class ParentsConfig(AppConfig):
    name = "parents"
    verbose_name = "Родители"

    def ready(self) -> None:
        """Offer papers to the floors below, say how history calls the tables."""
        from parents import registration  # after the models

        registration.register()
        name_things(_NAMES)
