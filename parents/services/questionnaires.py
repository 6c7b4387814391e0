"""Questionnaires: taking a shipped one, editing, versions. A version that a survey went by is frozen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from common.authorship import deed
from common.errors import Refused
from parents.models import Question, Questionnaire, QuestionnaireVersion
from parents.rules.surveys import Asked, Option, fault_of
from parents.shipped_surveys import SHIPPED
from parents.survey_words import Ask, Audience
from school.models import School, User

MOST_QUESTIONS = 30
_GONE = "Этого вопроса в анкете уже нет: обновите страницу."


@dataclass(frozen=True)
class Titled:
    """What stands above the questions."""

    title: str
    intro: str = ""


def asked_of(question: Question) -> Asked:
    """A stored question as rules read it."""
    options = tuple(Option(one["text"], one.get("good", False), one.get("cause", "")) for one in question.options)
    return Asked(str(question.pk), question.text, Ask(question.kind), question.required, options, question.measured)


def questions_of(version: QuestionnaireVersion) -> list[Asked]:
    """In their order; one query."""
    return [asked_of(question) for question in version.questions.order_by("place")]


def newest(questionnaire: Questionnaire) -> QuestionnaireVersion:
    """The version that is asked and edited now."""
    return questionnaire.versions.order_by("-number")[0]


@deed
def questionnaire_create(*, by: User, school: School, audience: Audience, told: Titled) -> Questionnaire:
    """A new questionnaire without questions."""
    return _create(by, school, audience, told, ())


@deed
def questionnaire_take(*, by: User, school: School, code: str) -> Questionnaire:
    """A copy of a shipped questionnaire for the school; the one taken before when it is asked for twice.

    Raises `Refused` for an unknown code.
    """
    shipped = SHIPPED.get(code)
    if shipped is None:
        raise Refused("Такой готовой анкеты нет.")
    School.objects.select_for_update().get(pk=school.pk)
    found = Questionnaire.objects.filter(school=school, shipped=code, archived_at__isnull=True).first()
    if found is not None:
        return found
    return _create(by, school, shipped.audience, Titled(shipped.title, shipped.intro), shipped.questions, code)


@deed
def questionnaire_copy(*, by: User, questionnaire: Questionnaire) -> Questionnaire:
    """Another questionnaire with the same words."""
    version = newest(questionnaire)
    told = Titled(f"{version.title} (копия)"[:150], version.intro)
    audience = Audience(questionnaire.audience)
    return _create(by, questionnaire.school, audience, told, questions_of(version))


def _create(
    by: User, school: School, audience: Audience, told: Titled, questions: Sequence[Asked], shipped: str = ""
) -> Questionnaire:
    made = Questionnaire.objects.create(school=school, audience=audience, shipped=shipped)
    _version(by, made, 1, told, questions)
    return made


def _version(
    by: User, questionnaire: Questionnaire, number: int, told: Titled, questions: Sequence[Asked]
) -> QuestionnaireVersion:
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=number,
        title=told.title,
        intro=told.intro,
        by=by,
        at=questionnaire.school.now(),
    )
    Question.objects.bulk_create(_row(version, place, one) for place, one in enumerate(questions, 1))
    return version


def _row(version: QuestionnaireVersion, place: int, one: Asked) -> Question:
    return Question(
        version=version,
        place=place,
        kind=one.kind,
        text=one.text,
        required=one.required,
        options=[asdict(option) for option in one.options],
        measured=one.measured,
    )


def _editable(by: User, questionnaire: Questionnaire) -> QuestionnaireVersion:
    """The newest version, or the next one where that is frozen: what people answered stays as they saw it."""
    row = Questionnaire.objects.select_for_update().select_related("school").get(pk=questionnaire.pk)
    if row.archived_at is not None:
        raise Refused("Анкета убрана: сначала верните её.")
    version = newest(row)
    if not version.frozen:
        return version
    return _version(by, row, version.number + 1, Titled(version.title, version.intro), questions_of(version))


@deed
def questionnaire_edit(*, by: User, questionnaire: Questionnaire, told: Titled) -> QuestionnaireVersion:
    """Other words above the questions."""
    version = _editable(by, questionnaire)
    version.title, version.intro = told.title, told.intro
    version.save(update_fields=["title", "intro"])
    return version


@deed
def question_put(
    *, by: User, questionnaire: Questionnaire, asked: Asked, place: int | None = None
) -> QuestionnaireVersion:
    """Write the question at the place, or add one at the end. Raises `Refused` with what is wrong with it."""
    told = asked if asked.kind != Ask.TEXT else replace(asked, options=())
    if fault := fault_of(told):
        raise Refused(fault)
    if told.measured and Audience(questionnaire.audience) != Audience.PARENTS:
        raise Refused("Показатель удовлетворённости считают только по анкете родителей без имён.")
    version = _editable(by, questionnaire)
    rows = list(version.questions.order_by("place"))
    if place is None and len(rows) >= MOST_QUESTIONS:
        raise Refused(f"В анкете уже {MOST_QUESTIONS} вопросов: длиннее не дочитают.")
    if place is not None and not any(row.place == place for row in rows):
        raise Refused(_GONE)
    if told.measured:
        version.questions.filter(measured=True).exclude(place=place or 0).update(measured=False)
    if place is not None:
        version.questions.filter(place=place).delete()
    _row(version, place or len(rows) + 1, told).save()
    return version


@deed
def question_drop(*, by: User, questionnaire: Questionnaire, place: int) -> QuestionnaireVersion:
    """Take a question out."""
    version = _editable(by, questionnaire)
    rows = list(version.questions.order_by("place"))
    _place(rows, place)
    version.questions.filter(place=place).delete()
    _number([row for row in rows if row.place != place])
    return version


@deed
def question_move(*, by: User, questionnaire: Questionnaire, place: int, step: int) -> QuestionnaireVersion:
    """Change places with the neighbour: `step` is -1 upwards, 1 downwards. At the edge nothing happens."""
    version = _editable(by, questionnaire)
    rows = list(version.questions.order_by("place"))
    at = _place(rows, place)
    to = at + step
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        _number(rows)
    return version


def _place(rows: Sequence[Question], place: int) -> int:
    found = next((index for index, row in enumerate(rows) if row.place == place), None)
    if found is None:
        raise Refused(_GONE)
    return found


def _number(rows: Sequence[Question]) -> None:
    """Uniqueness of places is asked for at the end of the transaction."""
    for place, row in enumerate(rows, 1):
        row.place = place
    Question.objects.bulk_update(rows, ["place"])


@deed
def questionnaire_archive(*, by: User, questionnaire: Questionnaire, away: bool) -> None:
    """Put away, or bring back; surveys by it stay as they are."""
    row = Questionnaire.objects.select_for_update().select_related("school").get(pk=questionnaire.pk)
    row.archived_at = row.school.now() if away else None
    row.save(update_fields=["archived_at"])
