"""The main job in a browser: files dropped, the registry approved, indicators frozen, the report signed, all packed."""

import base64
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from gradebook.models import Mark
from monitoring.models import Measurement, Report
from monitoring.reports.quarter.printing import RENDERERS, printed_of
from risk_registry.models import RegistryEntry
from school.models import ImportBatch, School, SchoolClass, Staff, User
from school.roles import Position
from school.services.imports import batch_apply, batch_preview
from tests.factories import make_school, make_staff

DATA = Path(__file__).parent.parent / "data" / "school"
LONG = 60_000
DRAG = """async (files) => {
    const carried = new DataTransfer();
    for (const [name, content] of files)
        carried.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name));
    return carried;
}"""


@pytest.fixture
def deputy(db: None) -> User:
    school = make_school("S1")
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch")
    user = User.objects.get(username="zavuch")
    content = (DATA / "pupils.xlsx").read_bytes()
    batch = batch_preview(by=user, school=school, kind=ImportBatch.Kind.PUPILS, name="pupils.xlsx", content=content)
    batch_apply(by=user, batch=batch)
    return user


def drop(page: Page, where: str, files: list[Path]) -> None:
    """Let go of files over a place of the page, as a person who drags them from a folder does."""
    sent = [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files]
    carried = page.evaluate_handle(DRAG, sent)
    for event in ("dragover", "drop"):
        page.dispatch_event(where, event, {"dataTransfer": carried, "bubbles": True, "cancelable": True})


def test_the_deputy_closes_a_quarter_from_import_to_the_signed_pack(
    celery_worker: None, deputy: User, log_in: Callable[[User], Page]
) -> None:
    page = log_in(deputy)
    page.goto("/imports/")
    files = [DATA / name for name in ("journal_7А.xlsx", "summary_8А.xlsx")]
    drop(page, "form.o-drop p", files)
    page.get_by_role("button", name="Проверить файлы").click()
    expect(page.get_by_role("button", name="Записать")).to_be_visible(timeout=LONG)
    assert not Mark.objects.exists()
    page.get_by_role("button", name="Записать").click()
    expect(page.get_by_role("link", name="Открыть реестр")).to_be_visible(timeout=LONG)
    assert Mark.objects.exists()

    page.get_by_role("link", name="Открыть реестр").click()
    approve_everybody(page)
    freeze_indicators(page)
    report = conclude_and_approve(page)

    page.goto(f"/reports/periods/{report.period_id}/")
    page.get_by_role("button", name="Собрать комплект").click()
    archive = ZipFile(downloaded(page))
    quarterly = next(name for name in archive.namelist() if name.startswith("Школа/Отчёт за 1-ю четверть"))
    assert archive.read(quarterly) == RENDERERS["pdf"](printed_of(report))
    assert "Опись.xlsx" in archive.namelist()


def approve_everybody(page: Page) -> None:
    """By the list's own box for all, page after page."""
    entries = RegistryEntry.objects.filter(state="proposed")
    address = f"/registry/?period={RegistryEntry.objects.values_list('period', flat=True)[0]}&state=proposed"
    while (left := entries.count()) > 0:
        page.goto(address)
        page.get_by_label("Выбрать все на странице").check()
        page.get_by_role("button", name="Утвердить", exact=True).last.click()
        page.wait_for_load_state()
        assert entries.count() < left


def freeze_indicators(page: Page) -> None:
    """Of the period that is over; what was counted over the registry says so."""
    page.goto("/indicators/")
    page.get_by_role("link", name="1-я четверть").click()
    page.get_by_role("button", name="Зафиксировать период").click()
    expect(page.get_by_text("Показатели за 1-ю четверть зафиксированы.")).to_be_visible()
    assert Measurement.objects.get(code="R01").basis == "registry"


def conclude_and_approve(page: Page) -> Report:
    """The report of the period under the first number of the year."""
    page.goto("/reports/")
    page.get_by_role("button", name="Составить за 1-ю четверть").click()
    assert downloaded(page).read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="Открыть").click()
    page.get_by_label("Выводы и решения").fill("Обсудить 7А на малом педсовете.")
    page.get_by_role("button", name="Сохранить выводы").click()
    expect(page.get_by_text("Выводы сохранены.")).to_be_visible()
    page.get_by_role("button", name="Утвердить").click()
    expect(page.get_by_text("Документ утверждён.")).to_be_visible()
    report = Report.objects.get(kind="quarterly", state="approved")
    assert (report.number, report.conclusions) == (1, "Обсудить 7А на малом педсовете.")
    return report


def downloaded(page: Page) -> Path:
    """The file that the job on the page has made, once it is ready."""
    link = page.get_by_role("link", name="Скачать")
    expect(link).to_be_visible(timeout=LONG)
    with page.expect_download() as download:
        link.click()
    return Path(download.value.path())


def test_a_class_teacher_sees_only_the_own_class(deputy: User, log_in: Callable[[User], Page]) -> None:
    school = School.objects.get()
    teacher: Staff = make_staff(school, "Власова Надежда Игоревна", Position.TEACHER, login="klass")
    SchoolClass.objects.filter(school=school, grade=7).update(class_teacher=teacher)
    page = log_in(User.objects.get(username="klass"))
    page.goto("/school/pupils/")
    expect(page.get_by_text("Андреева Дарья").first).to_be_visible()
    expect(page.get_by_text("Александров Семён")).to_have_count(0)


def test_a_stranger_is_shown_the_door(page: Page, deputy: User) -> None:
    for address in ("/registry/", "/imports/", "/reports/", "/school/pupils/"):
        page.goto(address)
        expect(page).to_have_url(f"{page.url.split('/login/')[0]}/login/?next={address}")
