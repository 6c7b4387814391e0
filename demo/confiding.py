"""What the demo's teachers ask of the service, what it advises, its notes and plans. All of it is invented."""

from datetime import date

from consultations.selectors.notes import note_list
from consultations.services.advice import Advice, recommendation_acknowledge, recommendation_give
from consultations.services.notes import NoteDraft, note_open, note_rule_choose, note_write
from consultations.services.plans import PlanDraft, action_add, action_settle, goal_add, plan_make, plan_start
from consultations.services.referrals import Request, referral_answer, referral_send, referral_take
from consultations.talk_words import ActionState, Audience, Knows, NoteRule, Specialist
from demo.cast import STORIES
from demo.decisions import on_day
from school.models import Pupil, School, Staff, User


def confide(school: School) -> None:
    """Referrals that wait, go on and are answered; advice; notes under two rules, one opened; a plan in force."""
    with on_day(school, date(2026, 10, 22)):
        _plan(school)
    with on_day(school, date(2026, 10, 29)):
        _note(
            school,
            "Ковтун",
            "Говорит мало, смотрит в пол. Про алгебру: «всё равно не выйдет». Договорились о встречах.",
        )
    with on_day(school, date(2026, 11, 2)):
        _rule()
    with on_day(school, date(2026, 11, 12)):
        _answered(school)
        _note(school, "Ковтун", "Спокойнее. Сам рассказал, что боится отвечать у доски. Попробуем отвечать письменно.")
    with on_day(school, date(2026, 11, 19)):
        _going_on(school)


def _user(login: str) -> User:
    return User.objects.select_related("school", "staff").get(username=login)


def _person(login: str) -> Staff:
    staff = _user(login).staff
    assert staff is not None
    return staff


def _pupil(school: School, surname: str) -> Pupil:
    """One of the cast; a drawn pupil may have the same surname."""
    who = next(story.who for story in STORIES if story.who.last == surname)
    rows = Pupil.objects.select_related("school").filter(school=school, last_name=who.last, first_name=who.first)
    return rows.get(middle_name=who.middle)


def _note(school: School, surname: str, words: str) -> None:
    by = _user("psiholog")
    assert by.school is not None
    draft = NoteDraft(by.school.today(), words, _pupil(school, surname))
    note_write(by=by, school=by.school, draft=draft)


def _rule() -> None:
    head, why = _user("psiholog-glava"), "решение службы, протокол от 02.11.2026 № 3"
    assert head.school is not None
    note_rule_choose(by=head, school=head.school, rule=NoteRule.HEAD, why=why)


def _plan(school: School) -> None:
    """The social pedagogue's, after a month of missed lessons."""
    by, pupil = _user("socped"), _pupil(school, "Тарасенко")
    draft = PlanDraft(
        responsible=_person("socped"),
        workers=[_person("psiholog")],
        begins=date(2026, 10, 22),
        ends=date(2026, 12, 28),
        review_on=date(2026, 11, 30),
        why="Пропуски с 14 сентября по 19 октября, не аттестован по алгебре. Решение малого педсовета.",
    )
    plan = plan_make(by=by, pupil=pupil, draft=draft)
    school_first = goal_add(by=by, plan=plan, words="Ходит в школу каждый день")
    visit = action_add(by=by, goal=school_first, what="Посещение семьи", who=_person("socped"), due=date(2026, 10, 30))
    action_add(
        by=by, goal=school_first, what="Сверка пропусков по пятницам", who=_person("socped"), due=date(2026, 11, 27)
    )
    calm = goal_add(by=by, plan=plan, words="Не боится отвечать")
    meet = action_add(by=by, goal=calm, what="Четыре встречи", who=_person("psiholog"), due=date(2026, 11, 20))
    plan_start(by=by, plan=plan)
    action_settle(by=by, action=visit, state=ActionState.DONE, told="мать согласна на занятия")
    action_settle(by=by, action=meet, state=ActionState.NOT_DONE, told="две встречи пропущены по болезни")


def _answered(school: School) -> None:
    """The class teacher asked about missed lessons, the teacher of mathematics about a pupil who fears the board."""
    pupil = _pupil(school, "Тарасенко")
    asked = Request(
        Specialist.SOCIAL_PEDAGOGUE,
        Knows.YES,
        seen=["absent", "falling"],
        tried=["parents"],
        text="третья неделя подряд",
    )
    first = referral_send(by=_user("klass"), pupil=pupil, asked=asked)
    referral_answer(
        by=_user("socped"), referral=first, text="Семью посетили, составлен план. Сверяем пропуски по пятницам."
    )
    second = referral_send(
        by=_user("predmet"),
        pupil=_pupil(school, "Ковтун"),
        asked=Request(Specialist.PSYCHOLOGIST, Knows.NOT_YET, seen=["anxious"], tried=["talk", "tasks"]),
    )
    referral_take(by=_user("psiholog"), referral=second)
    advice = Advice(
        "Первые две недели спрашивайте письменно, с места. Перед контрольной напомните, с чего начать. "
        "Хвалите за начатое, не только за верный ответ."
    )
    referral_answer(
        by=_user("psiholog"), referral=second, text="Работаем. Что делать на уроке — в рекомендации.", advice=advice
    )
    recommendation_acknowledge(by=_user("klass"), row=second.recommendations.get())


def _going_on(school: School) -> None:
    """Two that wait; advice for one teacher; the head opens a note of before her rule."""
    tired = Request(
        Specialist.PSYCHOLOGIST, Knows.ASKED_NOT, seen=["tired", "withdrawn"], text="засыпает на первых уроках"
    )
    referral_send(by=_user("predmet"), pupil=_pupil(school, "Рябов"), asked=tired)
    speech = Request(Specialist.SPEECH_THERAPIST, Knows.YES, seen=["speech"], tried=["extra"])
    referral_send(by=_user("klass"), pupil=_pupil(school, "Рябов"), asked=speech)
    advice = Advice("Давайте задание по частям, проверяйте первую строку.", Audience.TEACHERS)
    recommendation_give(by=_user("logoped"), pupil=_pupil(school, "Ибрагимов"), advice=advice)
    note = note_list(_user("psiholog-glava"), pupil=_pupil(school, "Ковтун").pk).earliest("on")
    note_open(by=_user("psiholog-glava"), note=note, grounds="передаём случай на время отпуска психолога", case=False)
