from django.apps import AppConfig

from school.history_words import name_things

# How history calls the tables.
_NAMES = {
    "teaching.Training": "обучение",
    "teaching.Community": "сообщество",
    "teaching.CommunityMember": "участник сообщества",
    "teaching.CommunityMeeting": "встреча сообщества",
    "teaching.Practice": "практика",
    "teaching.PracticeFile": "файл практики",
    "teaching.PracticeUse": "применение практики",
    "teaching.LessonVisit": "посещение урока",
    "teaching.TeacherGap": "профессиональный дефицит",
    "teaching.SetValue": "значение показателя",
}


class TeachingConfig(AppConfig):
    name = "teaching"
    verbose_name = "Развитие педагогов"

    def ready(self) -> None:
        """Offer papers to the floors below, say how history calls the tables."""
        from teaching import registration  # after the models

        registration.register()
        name_things(_NAMES)
