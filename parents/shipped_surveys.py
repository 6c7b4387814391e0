"""The three questionnaires that come with the product. A school takes a copy and edits it as it likes.

Sources of the subjects: indicator 24 of the program passport (satisfaction with the prevention work, an anonymous
questionnaire); regulations on work with pupils who are weak (the class teacher finds causes out, also by questionnaires
of pupils and parents) and their list of causes. The words are the product's own.
"""

from dataclasses import dataclass

from parents.rules.surveys import Asked, Option, scale_options
from parents.survey_words import Ask, Audience


@dataclass(frozen=True)
class Shipped:
    """A questionnaire that a school may take."""

    code: str
    audience: Audience
    title: str
    intro: str
    questions: tuple[Asked, ...]


def _options(*words: str) -> tuple[Option, ...]:
    return tuple(Option(word) for word in words)


def _ask(kind: Ask, text: str, *options: Option, required: bool = True, measured: bool = False) -> Asked:
    return Asked("", text, kind, required, options, measured)


SATISFACTION = Shipped(
    "satisfaction",
    Audience.PARENTS,
    "Как школа помогает, когда учиться трудно",
    "Анкета без имён: никто не узнает, кто как ответил. Ответы помогут школе вовремя замечать трудности "
    "и помогать детям. Это займёт две-три минуты.",
    (
        _ask(
            Ask.ONE,
            "Довольны ли вы тем, как школа предупреждает неуспехи в учёбе и помогает их преодолевать?",
            Option("да, полностью", good=True),
            Option("скорее да", good=True),
            Option("скорее нет"),
            Option("нет"),
            Option("трудно сказать"),
            measured=True,
        ),
        _ask(
            Ask.ONE,
            "Когда у ребёнка начинаются трудности в учёбе, как быстро вы узнаёте об этом от школы?",
            *_options(
                "почти сразу", "через неделю-две", "в конце четверти", "школа об этом не сообщает", "трудностей не было"
            ),
        ),
        _ask(
            Ask.SEVERAL,
            "Откуда вы чаще всего узнаёте об учёбе ребёнка?",
            *_options(
                "от классного руководителя",
                "от учителей-предметников",
                "из электронного дневника",
                "на родительских собраниях",
                "от самого ребёнка",
            ),
        ),
        _ask(
            Ask.SCALE,
            "Насколько понятно вам объясняют, что не получается у ребёнка и что с этим делать?",
            *scale_options("совсем непонятно", "всё понятно"),
        ),
        _ask(
            Ask.SEVERAL,
            "Какая помощь школы была бы полезна вашей семье?",
            *_options(
                "дополнительные занятия",
                "консультация учителя",
                "встреча с психологом или логопедом",
                "советы, как помогать дома",
                "помощь сейчас не нужна",
            ),
            required=False,
        ),
        _ask(Ask.SCALE, "Легко ли вам обратиться в школу за помощью?", *scale_options("очень трудно", "очень легко")),
        _ask(
            Ask.TEXT,
            "Что школе стоит изменить? Имён, пожалуйста, не называйте.",
            required=False,
        ),
    ),
)

DIFFICULTIES = Shipped(
    "difficulties",
    Audience.PUPIL,
    "Что мне мешает учиться",
    "Здесь нет правильных и неправильных ответов, и отметок за них не ставят. Ответы увидят только твой "
    "классный руководитель и школьный психолог, чтобы помочь.",
    (
        _ask(Ask.SCALE, "Как тебе сейчас учится?", *scale_options("очень трудно", "легко")),
        _ask(
            Ask.SEVERAL,
            "Что бывает трудно на уроке?",
            *_options(
                "понять объяснение",
                "успеть вместе со всеми",
                "отвечать вслух",
                "сосредоточиться",
                "начать, когда не знаю, с чего",
                "на уроке не трудно",
            ),
        ),
        _ask(
            Ask.SEVERAL,
            "Что мешает делать домашние задания?",
            *_options(
                "слишком много задают",
                "не понимаю, что делать",
                "нет тихого места или времени",
                "откладываю на потом",
                "не вижу в них смысла",
                "ничего не мешает",
            ),
        ),
        _ask(Ask.TEXT, "Какие предметы даются труднее всего?", required=False),
        _ask(
            Ask.ONE,
            "К кому ты обращаешься, если не понял тему?",
            *_options("к учителю", "к родителям", "к друзьям", "ищу в интернете", "ни к кому"),
        ),
        _ask(
            Ask.SEVERAL,
            "Какая помощь тебе бы подошла?",
            *_options(
                "позаниматься с учителем отдельно",
                "позаниматься с другим учеником",
                "больше времени на работу",
                "поговорить с психологом",
                "спасибо, не нужна",
            ),
        ),
        _ask(Ask.SCALE, "Как тебе в классе?", *scale_options("плохо", "хорошо"), required=False),
        _ask(Ask.TEXT, "Что ещё ты хочешь сказать?", required=False),
    ),
)

CAUSES = Shipped(
    "causes",
    Audience.TEACHER,
    "Почему не получается: мнение классного руководителя",
    "По желанию: несколько касаний о каждом, кто в реестре. Отмеченное можно одним нажатием перенести в причины "
    "реестра.",
    (
        _ask(
            Ask.SEVERAL,
            "Что, по-вашему, мешает ученику?",
            Option("пропускает уроки", cause="CT01"),
            Option("мало готовится дома", cause="CT02"),
            Option("учёба даётся с трудом", cause="CT03"),
            Option("не хочет учиться", cause="CT04"),
            Option("не работает на уроке", cause="CT05"),
            Option("отметки не отражают знаний", cause="CT06"),
            Option("задают слишком много", cause="CT07"),
            Option("материал слишком сложен", cause="CT08"),
            Option("другое", cause="CT09"),
        ),
        _ask(
            Ask.ONE,
            "С чего бы вы начали?",
            *_options(
                "разговор с учеником", "разговор с родителями", "занятия по предмету", "психолог", "малый педсовет"
            ),
            required=False,
        ),
    ),
)

SHIPPED = {one.code: one for one in (SATISFACTION, DIFFICULTIES, CAUSES)}
