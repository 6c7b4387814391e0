"""Pages of reports."""

import pytest
from django.test import Client
from django.urls import reverse

from monitoring.models import Report, ReportState
from monitoring.reports.quarter.printing import printed_of
from monitoring.services import quarterly_make, report_approve, report_conclude
from risk_registry.links import categories_link
from school.models import Period, School, User
from school.roles import Position
from tests.factories import make_school, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(school: School, deputy: User) -> Report:
    period = Period.objects.select_related("year__school").get(year__school=school, system="quarters", number=1)
    return quarterly_make(by=deputy, school=school, period=period)


def test_conclusions_for_an_approved_report_are_refused_in_words(client: Client, deputy: User, draft: Report) -> None:
    report_approve(by=deputy, report=draft, day=draft.school.today())
    client.force_login(deputy)
    told = client.post(reverse("monitoring:conclude", args=[draft.pk]), {"conclusions": "Поздно."}, follow=True)
    assert told.redirect_chain
    assert "Документ уже утверждён" in told.content.decode()


def test_a_draft_made_after_the_approval_stands_beside_it(client: Client, deputy: User, draft: Report) -> None:
    report_approve(by=deputy, report=draft, day=draft.school.today())
    newer = quarterly_make(by=deputy, school=draft.school, period=draft.period)
    client.force_login(deputy)
    page = client.get(reverse("monitoring:period", args=[draft.period_id])).content.decode()
    assert reverse("monitoring:detail", args=[draft.pk]) in page
    assert f'href="{reverse("monitoring:detail", args=[newer.pk])}">новый черновик</a>' in page


def test_conclusions_typed_beside_the_approval_are_approved_with_it(
    client: Client, deputy: User, draft: Report
) -> None:
    client.force_login(deputy)
    shown = client.get(reverse("monitoring:detail", args=[draft.pk])).context
    sent = {"day": "2026-11-20", "conclusions": "Ещё не сохранённое.", "seen": shown["seen"]}
    client.post(reverse("monitoring:approve", args=[draft.pk]), sent | {"seen_draft": shown["seen_draft"]})
    draft.refresh_from_db()
    assert (draft.state, draft.conclusions) == (ReportState.APPROVED, "Ещё не сохранённое.")


def test_a_refused_approval_keeps_what_was_typed_and_tells_of_others_words(
    client: Client, deputy: User, draft: Report
) -> None:
    client.force_login(deputy)
    shown = client.get(reverse("monitoring:detail", args=[draft.pk])).context
    report_conclude(by=deputy, report=draft, text="Одно.")
    address = reverse("monitoring:approve", args=[draft.pk])
    sent = {"day": "2026-11-20", "conclusions": "Другое.", "seen": shown["seen"], "seen_draft": shown["seen_draft"]}

    answer = client.post(address, sent)

    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Другое.</textarea>" in told
    assert "записаны другие выводы: «Одно.»" in told
    draft.refresh_from_db()
    assert (draft.state, draft.conclusions) == (ReportState.DRAFT, "Одно.")
    again = {name: answer.context[name] for name in ("seen", "seen_draft")}
    assert client.post(address, sent | again).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.conclusions) == (ReportState.APPROVED, "Другое.")


def test_the_page_shows_the_same_figures_and_leads_to_the_names(client: Client, deputy: User, draft: Report) -> None:
    client.force_login(deputy)
    page = client.get(reverse("monitoring:detail", args=[draft.pk])).content.decode()
    printed = printed_of(draft)
    for line in printed.report.classes:
        assert f'<th scope="row">{line.name}</th><td class="o-n">{line.pupils}</td>' in page
    for pupil in printed.report.pupils:
        assert f'<a class="o-quiet" href="{reverse("desk:pupil", args=[pupil.pupil])}">{pupil.name}</a>' in page
    link = categories_link(period=draft.period_id, category="failing").replace("&", "&amp;")
    assert f'href="{link}"' in page


def test_the_list_names_what_can_be_made_and_what_was(client: Client, deputy: User, draft: Report) -> None:
    client.force_login(deputy)
    page = client.get(reverse("monitoring:list")).content.decode()
    assert "Составить за 1-ю четверть" in page
    assert reverse("monitoring:detail", args=[draft.pk]) in page


def test_an_empty_school_is_led_to_the_registry(client: Client) -> None:
    school = make_school()
    make_staff(school, "Зимина Анна Ивановна", Position.DEPUTY, login="empty")
    client.force_login(User.objects.get(username="empty"))
    page = client.get(reverse("monitoring:list")).content.decode()
    assert "Отчётов ещё нет" in page
    assert reverse("registry:list") in page


def test_a_bad_day_is_told_beside_the_field_and_the_report_stays(client: Client, deputy: User, draft: Report) -> None:
    client.force_login(deputy)
    answer = client.post(reverse("monitoring:approve", args=[draft.pk]), {"day": "вчера"})
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.state == ReportState.DRAFT
