"""What codes and words of an e-journal mean to a school: found in its files, settled in the preview, remembered."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from openpyxl import Workbook

from common.errors import Refused
from common.tabular import SourceFile
from gradebook.models import Absence, ImportProfile, PeriodResult
from gradebook.selectors_profiles import layout_codes, profile_changes, profiles_for, profiles_to_choose
from gradebook.services.batches import batch_again, batch_read, batch_write
from gradebook.services.imports import gradebook_import
from gradebook.services.profiles import (
    codes_set,
    profile_choose,
    profile_create,
    profile_delete,
    profile_layouts_set,
    profile_update,
)
from school.models import ImportBatch, School, User
from school.roles import Position
from tests.factories import make_staff

KOVTUN, BELOVA = "Ковтун Матвей Андреевич", "Белова Ева Артёмовна"


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy")
    return User.objects.get(username="deputy")


def workbook(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Класс: 7А. Предмет: Алгебра. Учебный год: 2026/2027. Период: 1 четверть"])
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def journal(first: str, second: str) -> bytes:
    """A day's cells of two pupils and the codes beside their results."""
    head = ("№", "Фамилия, имя, отчество", "сентябрь", "Итог")
    return workbook(head, (None, None, 14), (1, KOVTUN, first, "4"), (2, BELOVA, second, "н/б"))


def read(school: School, by: User, content: bytes) -> ImportBatch:
    batch = ImportBatch.objects.create(school=school, kind="gradebook", state="uploaded", by=by, options={})
    batch.files.create(name="j.xlsx", size=1, sha256="", content=ContentFile(content, name="j.xlsx"))
    return batch_read(by=by, batch=batch)


def found(batch: ImportBatch) -> dict[str, tuple[int, str]]:
    return {row.code: (row.count, row.now) for part in layout_codes(batch) for row in part.rows}


def rejected(batch: ImportBatch) -> list[str]:
    return [cell["value"] for cell in batch.summary["files"][0]["rejected"]]


def test_every_code_is_listed_and_an_unknown_one_is_rejected_until_it_gets_a_meaning(
    school: School, deputy: User, tmp_path: Path
) -> None:
    batch = read(school, deputy, journal("Н ЗБ", "зб"))
    assert found(batch) == {"ЗБ": (2, ""), "н/б": (1, ""), "Н": (1, "unexcused")}
    assert rejected(batch) == ["Н ЗБ", "зб", "н/б"]

    codes_set(by=deputy, school=school, layout="journal", codes={"зб": "illness"}, words={"Н/Б": "н/а"})
    batch = batch_write(by=deputy, batch=batch_read(by=deputy, batch=batch))
    assert (rejected(batch), found(batch)["н/б"]) == ([], (1, "н/а"))
    assert sorted(Absence.objects.values_list("reason", flat=True)) == ["illness", "illness", "unexcused"]
    assert sorted(PeriodResult.objects.values_list("value", flat=True)) == ["4", "н/а"]

    path = tmp_path / "j.xlsx"
    path.write_bytes(journal("ЗБ Н", "ЗБ"))
    [told] = gradebook_import(by=None, school=school, files=[SourceFile("j.xlsx", path)]).as_json()["files"]
    assert (told["rejected"], told["absences"]["unchanged"]) == ([], 3)


def test_a_profile_is_remembered_for_one_kind_of_files(school: School, deputy: User) -> None:
    usual = profile_create(by=deputy, school=school, title="Наш")
    sgo = profile_choose(by=deputy, school=school, layout="journal", chosen="sgo")
    sgo.refresh_from_db()
    assert (sgo.title, sgo.layouts) == ("Сетевой город. Образование", ["journal"])
    assert {layout: profiles_for(school).of(layout).title for layout in ("journal", "flat")} == {
        "journal": "Сетевой город. Образование",
        "flat": "Наш",
    }
    assert rejected(read(school, deputy, journal("Н", "УП"))) == ["Н", "н/б"]
    profile_choose(by=deputy, school=school, layout="journal", chosen=str(usual.pk))
    assert rejected(read(school, deputy, journal("Н", "УП"))) == ["н/б"]
    sgo.refresh_from_db()
    assert sgo.layouts == []
    assert "sgo" not in dict(profiles_to_choose(school))


def test_a_changed_meaning_leaves_earlier_batches_alone_and_offers_to_read_them_again(
    school: School, deputy: User, client: Client
) -> None:
    batch = batch_write(by=deputy, batch=read(school, deputy, journal("Н", "5")))
    codes_set(by=deputy, school=school, layout="journal", codes={"Н": "excused"}, words={})
    assert Absence.objects.get().reason == "unexcused"
    client.force_login(deputy)
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "Н — было «без уважительной причины», теперь «уважительная причина»" in page

    fresh = batch_read(by=deputy, batch=batch_again(by=deputy, batch=batch, whole=True))
    batch_write(by=deputy, batch=fresh)
    assert Absence.objects.get().reason == "excused"


def test_who_changed_a_code_is_kept(school: School, deputy: User) -> None:
    profile = profile_create(by=deputy, school=school, title="Наш", shipped="report")
    profile_update(by=deputy, profile=profile, title="Наш", codes={"Н": "excused", "ЗБ": "ignored"}, words={})
    [changed, made] = profile_changes(deputy, profile)
    assert changed.who == made.who == deputy.display_name
    assert "Н: без уважительной причины → уважительная причина" in changed.what
    assert "ЗБ: не было → ничего: не замечать" in changed.what
    assert "Б: болезнь → убран" in changed.what


def test_nonsense_is_refused(school: School, deputy: User) -> None:
    profile = profile_create(by=deputy, school=school, title="Наш")
    with pytest.raises(Refused, match="уже есть"):
        profile_create(by=deputy, school=school, title="Наш")
    for codes, words, told in (
        ({"Н": "perhaps"}, {}, "одно из значений"),
        ({"Н5": "late"}, {}, "без цифр"),
        ({}, {"нб": "6"}, "одно из значений"),
        ({}, {"не был на уроках": "late"}, "одно из значений"),
    ):
        with pytest.raises(Refused, match=told):
            profile_update(by=deputy, profile=profile, title="Наш", codes=codes, words=words)
    with pytest.raises(Refused, match="больше нет"):
        profile_choose(by=deputy, school=school, layout="flat", chosen="999999")


def test_the_preview_shows_each_code_with_the_files_own_legend_and_takes_a_meaning(
    school: School, deputy: User, client: Client
) -> None:
    rows = ((None, None, 14, None), (1, KOVTUN, "ЗБ", "4"), ("Обозначения: ЗБ - болел с запиской, Н - не был",))
    batch = read(school, deputy, workbook(("№", "Фамилия, имя, отчество", "сентябрь", "Итог"), *rows))
    client.force_login(deputy)
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "болел с запиской" in page and "Не поняты" in page
    client.post(f"/imports/{batch.pk}/codes/", {"layout": "journal", "code": ["ЗБ"], "meaning": ["illness"]})
    client.post(f"/imports/{batch.pk}/profile/", {"layout": "journal", "profile": "sgo"})
    assert [row.layouts for row in ImportProfile.objects.all()] == [[], ["journal"]]
    assert ImportProfile.objects.get(title="Обычный журнал").codes["ЗБ"] == "illness"


def test_profiles_are_made_corrected_and_deleted_on_pages(school: School, deputy: User, client: Client) -> None:
    client.force_login(deputy)
    client.post("/imports/profiles/new/", {"title": "Дневник", "shipped": "dnevnik"})
    profile = ImportProfile.objects.get()
    address = f"/imports/profiles/{profile.pk}/"
    assert "сравните с условными обозначениями своего" in client.get(address).content.decode()
    sent = {f"code-{code}": meaning for code, meaning in profile.codes.items()}
    sent |= {"title": "Дневник", "layouts": ["journal", "flat"], "code-П": "", "new-code-1": "д"}
    sent |= {"new-code-1-means": "excused", "new-word-1": "н/б", "new-word-1-means": "н/а"}
    assert client.post(address, sent).status_code == 302
    profile.refresh_from_db()
    assert (profile.codes.get("П"), profile.codes["Д"], profile.words) == (None, "excused", {"н б": "н/а"})
    assert profile.layouts == ["flat", "journal"]
    client.post(f"{address}delete/")
    assert not ImportProfile.objects.exists()


def test_a_layout_belongs_to_one_profile(school: School, deputy: User) -> None:
    first, second = (profile_create(by=deputy, school=school, title=title) for title in ("А", "Б"))
    profile_layouts_set(by=deputy, profile=first, layouts=["journal"])
    profile_layouts_set(by=deputy, profile=second, layouts=["journal"])
    profile_delete(by=deputy, profile=second)
    assert profiles_for(school).of("journal").title == "А"
