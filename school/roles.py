"""The roles of a school's people: a duty that a person holds, and what each is called."""

from django.db import models


class Position(models.TextChoices):
    """What a person is appointed to. Class and subject teachers follow from classes and assignments instead."""

    DIRECTOR = "director", "Директор"
    DEPUTY = "deputy_director_uvr", "Заместитель директора по УВР"
    TEACHER = "teacher", "Учитель"
    PSYCHOLOGIST = "psychologist", "Педагог-психолог"
    PSYCH_HEAD = "psych_service_head", "Руководитель психологической службы"
    SOCIAL_PEDAGOGUE = "social_pedagogue", "Социальный педагог"
    SPEECH_THERAPIST = "speech_therapist", "Учитель-логопед"
    METHODICAL_HEAD = "methodical_head", "Руководитель ШМО"
    TUTOR = "tutor", "Тьютор"
    MENTOR = "mentor", "Наставник"


class ResponsibilityKind(models.TextChoices):
    """Why a person answers for one pupil."""

    TUTOR = "tutor", "Тьютор"
    MENTOR = "mentor", "Наставник"
    PSYCHOLOGIST = "psychologist", "Психолог случая"
    SPEECH_THERAPIST = "speech_therapist", "Логопед"
    SOCIAL_PEDAGOGUE = "social_pedagogue", "Социальный педагог"
    EXTRA_LESSONS = "extra_lessons", "Ведёт дополнительное занятие"


class Role(models.TextChoices):
    """What a person is in the application: a position, or what follows from classes, assignments and pairs."""

    DIRECTOR = "director", "директор"
    DEPUTY = "deputy_director_uvr", "заместитель директора"
    CLASS_TEACHER = "class_teacher", "классный руководитель"
    SUBJECT_TEACHER = "subject_teacher", "учитель-предметник"
    PSYCHOLOGIST = "psychologist", "педагог-психолог"
    PSYCH_HEAD = "psych_service_head", "руководитель психологической службы"
    SOCIAL_PEDAGOGUE = "social_pedagogue", "социальный педагог"
    SPEECH_THERAPIST = "speech_therapist", "логопед"
    METHODICAL_HEAD = "methodical_head", "руководитель ШМО"
    TUTOR = "tutor", "тьютор"
    MENTOR = "mentor", "наставник"
    MUNICIPAL = "municipal_coordinator", "муниципальный координатор"
    ADMINISTRATOR = "administrator", "администратор"
