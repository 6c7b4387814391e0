from django.apps import AppConfig

from school.history_words import name_things

# How history calls the tables.
_NAMES = {
    "parents.ConsentScan": "скан согласия",
    "parents.Conversation": "беседа с родителем",
    "parents.ConversationEdit": "правка беседы с родителем",
    "parents.FamilyCase": "решения по семье",
    "parents.FamilyFact": "факт в решениях по семье",
    "parents.FamilyPrint": "печать материалов для комиссии",
    "parents.FamilyStep": "шаг решений по семье",
    "parents.Notice": "уведомление родителям",
    "parents.NoticeStep": "шаг уведомления",
    "parents.Questionnaire": "анкета",
    "parents.QuestionnaireVersion": "версия анкеты",
    "parents.Question": "вопрос анкеты",
    "parents.SurveyCampaign": "опрос",
    "parents.SurveyGroup": "группа опроса",
    "parents.SurveyClass": "класс опроса",
    "parents.SurveySheet": "ответы на анкету",
    "parents.ParentEvent": "мероприятие для родителей",
    "parents.EventClass": "приглашённый класс",
    "parents.EventMark": "отметка о приходе родителя",
    "parents.EventDecision": "решение мероприятия для родителей",
    "parents.EventMaterial": "материал мероприятия для родителей",
    "parents.EventProtocol": "протокол мероприятия для родителей",
    "parents.EventStep": "шаг мероприятия для родителей",
    "parents.LinkRules": "правила личных ссылок",
    "parents.PersonalLink": "личная ссылка",
}


class ParentsConfig(AppConfig):
    name = "parents"
    verbose_name = "Родители"

    def ready(self) -> None:
        """Offer papers to the floors below, say how history calls the tables."""
        from parents import registration, registration_events  # after the models

        registration.register()
        registration_events.register()
        name_things(_NAMES)
