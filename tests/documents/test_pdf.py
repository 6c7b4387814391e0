import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.template import engines
from pypdf import PdfReader

from documents.rendering.joined import render_joined
from documents.rendering.own import own_file
from documents.rendering.pdf import PdfFailed, PdfProcess, PdfUnavailable, render_pdf, render_pdfs

DOCUMENT = """{{% extends "documents/base_document.html" %}}{{% block title %}}Отчёт{{% endblock %}}
{{% block content %}}{}{{% endblock %}}"""


def document(content: str) -> str:
    return engines["django"].from_string(DOCUMENT.format(content)).render()


def pages_of(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(made)).pages]


def rows(count: int) -> str:
    cells = "".join(
        f"<tr><td class='o-t'><span class='o-doc__whole'>Римский-Корсаков{n}</span> Николай Андреевич</td>"
        f"<td class='o-t'>алгебра, геометрия, физика, химия</td></tr>"
        for n in range(count)
    )
    return (
        f"<table><thead><tr><th>Фамилия, имя, отчество</th><th>Предметы</th></tr></thead><tbody>{cells}</tbody></table>"
    )


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    """For tests of what is in a document: they need no process of their own."""
    with PdfProcess() as one:
        yield one


def test_text_can_be_selected_and_the_font_is_embedded(process: PdfProcess) -> None:
    made = process.render(document("<h1>Аналитический отчёт</h1><p>Ёлкин Павел <b>не успевает</b></p>"))
    page = PdfReader(BytesIO(made)).pages[0]
    assert "Ёлкин Павел не успевает" in page.extract_text()
    resources: Any = page["/Resources"]
    fonts = [font.get_object()["/DescendantFonts"][0].get_object() for font in resources["/Font"].values()]
    assert sorted(font["/BaseFont"].partition("+")[2] for font in fonts) == ["PT-Serif", "PT-Serif-Bold"]
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts)


def test_the_sheet_is_a4_with_a_title_and_its_language(process: PdfProcess) -> None:
    reader = PdfReader(BytesIO(process.render(document("<p>Текст</p>"))))
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    assert reader.metadata is not None
    assert reader.metadata.title == "Отчёт"
    assert str(reader.root_object["/Lang"]) == "ru"


def test_headings_of_a_table_are_on_each_page_and_its_number_from_the_second_on(process: PdfProcess) -> None:
    pages = pages_of(process.render(document(rows(140))))
    assert len(pages) >= 3
    assert all("Фамилия, имя, отчество" in page for page in pages)
    # margin boxes are drawn last
    assert not pages[0].rstrip().endswith("\n1")
    assert [page.split("\n")[-1].strip() for page in pages[1:3]] == ["2", "3"]


def test_surnames_stay_whole(process: PdfProcess) -> None:
    made = process.render(document(f"<div class='narrow'>{rows(60)}</div>"))
    text = "\n".join(pages_of(made))
    assert all(f"Римский-Корсаков{n}" in text for n in range(60))


def test_the_same_page_gives_the_same_bytes_whatever_its_process_made_before(process: PdfProcess) -> None:
    html = document(rows(3))
    assert process.render(html) == render_pdf(html)


def test_nothing_is_fetched_over_the_network(process: PdfProcess) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        made = process.render(
            document(
                f"<img src='{address}/a.png'><link rel='stylesheet' href='{address}/b.css'>"
                f"<style>@import url({address}/c.css); p {{ background: url({address}/d.png) }}"
                f"@font-face {{ font-family: X; src: url({address}/e.ttf) }} p {{ font-family: X }}</style>"
                f"<link rel='attachment' href='{address}/f'><object data='{address}/g'></object>"
                f"<svg><image href='{address}/h.png'/><use href='{address}/i.svg#x'/></svg><p>осталось</p>"
            )
        )
        server.shutdown()
    assert asked == []
    assert "осталось" in pages_of(made)[0]


@pytest.mark.parametrize("address", ["file://{}", "{}", "opora:../../{}", "opora:{}", "FILE://{}"])
def test_no_file_of_the_machine_gets_into_a_document(process: PdfProcess, tmp_path: Path, address: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("тайна" * 100)
    where = address.format(secret)
    attached = f"<link rel='attachment' href='{where}'><p>осталось</p>"
    try:
        made = process.render(document(attached))
    except LookupError as error:  # an own address of nothing stops the document
        assert where.startswith("opora:")
        assert "no such static file" in str(error)
        return
    reader = PdfReader(BytesIO(made))
    assert dict(reader.attachments) == {}


def test_data_addresses_are_not_opened(process: PdfProcess) -> None:
    made = process.render(document("<link rel='attachment' href='data:text/plain,тайна'><p>осталось</p>"))
    assert dict(PdfReader(BytesIO(made)).attachments) == {}


@pytest.mark.parametrize(
    "path", ["../config/settings.py", "documents/../../pyproject.toml", "fonts/../__init__.py", "x", "/etc/passwd"]
)
def test_own_addresses_reach_static_files_and_fonts_only(path: str) -> None:
    assert own_file(path) is None


def test_own_static_files_and_fonts_are_found() -> None:
    assert own_file("documents/print.css") is not None
    assert own_file("fonts/PT_Serif-Web-Regular.ttf") is not None


def loaded_after(program: str) -> set[str]:
    """Which of the large packages a fresh process has loaded after a line of Python."""
    told = f"import sys; {program}; print(*sorted({{'django', 'weasyprint', 'psycopg2'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_the_application_never_loads_weasyprint() -> None:
    django = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; import django; django.setup()"
    render = "from documents.rendering.pdf import render_pdf; render_pdf('<p>x</p>')"
    assert "weasyprint" not in loaded_after(f"{django}; {render}")


def test_the_process_that_makes_documents_holds_nothing_of_the_application() -> None:
    assert loaded_after("import documents.rendering.child, documents.rendering.weasy") == {"weasyprint"}


def package(folder: Path, content: str) -> str:
    """A package of this name in the place of the real one."""
    (folder / "weasyprint.py").write_text(content)
    return str(folder)


def alone(html: str) -> bytes:
    """By a process that begins with this page."""
    with PdfProcess() as process:
        return process.render(html)


def test_without_pango_a_person_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = package(tmp_path, "raise OSError('cannot load library libpango-1.0-0')")
    monkeypatch.setenv("PYTHONPATH", lacking)
    with pytest.raises(PdfUnavailable, match=r"libpango-1\.0-0"):
        alone("<p>x</p>")


def test_a_process_that_dies_is_told_from_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", package(tmp_path, "import os; os.kill(os.getpid(), 9)"))
    with pytest.raises(PdfFailed, match="-9"):
        alone("<p>тайна</p>")


def test_neither_secrets_nor_addresses_reach_the_process_that_makes_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told.txt"
    monkeypatch.setenv("SECRET_KEY", "тайна")
    writes = f"import os; open({str(told)!r}, 'w').write(' '.join(os.environ)); raise OSError"
    monkeypatch.setenv("PYTHONPATH", package(tmp_path, writes))
    with pytest.raises(PdfUnavailable):
        alone("<p>x</p>")
    assert "PYTHONPATH" in told.read_text()
    assert not {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"} & set(told.read_text().split())


def test_the_process_of_single_documents_stays_for_the_next_but_not_after_a_failure() -> None:
    render_pdf(document("<p>раз</p>"))
    before = makers()
    render_pdf(document("<p>два</p>"))
    assert makers() == before
    with pytest.raises(LookupError):
        render_pdf(document("<img src='opora:documents/none.png'>"))
    assert len(makers()) == len(before) - 1
    assert pages_of(render_pdf(document("<p>три</p>"))) == ["три"]


def test_a_document_asked_for_while_another_is_made_does_not_mix_with_it() -> None:
    pages = [document(f"<p>Лист {number}</p>") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert [pages_of(made) for made in pool.map(render_pdf, pages)] == [[f"Лист {number}"] for number in range(4)]


def test_many_documents_come_in_their_order_and_are_what_each_would_be_alone() -> None:
    pages = [document(f"<p>Лист {number}</p>{rows(number)}") for number in range(5)]
    together = list(render_pdfs(pages, workers=2))
    assert [pages_of(made)[0].split("\n")[0] for made in together] == [f"Лист {number}" for number in range(5)]
    assert together[4] == render_pdf(pages[4])


def test_joined_papers_are_what_each_would_be_alone_with_a_bookmark_at_its_first_page() -> None:
    """Six papers, which is more than one group; the third and the last take two pages."""
    short, long = document("<h1>Лист</h1>"), document("<h1>Лист</h1><p class='o-doc__page'>оборот</p>")
    heard: list[int] = []
    whole = render_joined(
        [short, short, long, short, short, long], [f"Имя {number}" for number in range(6)], "Листы", done=heard.append
    )
    first, second = map(pages_of, render_pdfs([short, long]))
    assert pages_of(whole) == [*first * 2, *second, *first * 2, *second]
    assert second[1].split("\n")[-1].strip() == "2"
    reader = PdfReader(BytesIO(whole))
    bookmarks: Any = reader.outline
    told = [(one.title, reader.get_destination_page_number(one)) for one in bookmarks]
    assert told == [("Имя 0", 0), ("Имя 1", 1), ("Имя 2", 2), ("Имя 3", 4), ("Имя 4", 5), ("Имя 5", 6)]
    assert reader.metadata is not None and reader.metadata.title == "Листы"
    assert str(reader.root_object["/Lang"]) == "ru"
    assert heard == [5, 6]


def test_a_paper_that_fails_ends_those_it_is_joined_with() -> None:
    before = makers()
    with pytest.raises(LookupError, match=r"none\.png"):
        render_joined(map(document, ("<p>раз</p>", "<img src='opora:documents/none.png'>")), ["раз", "два"], "Листы")
    assert makers() == before


def test_one_document_that_fails_ends_the_others_and_leaves_no_process() -> None:
    before = makers()
    pages = (document(content) for content in ("<p>раз</p>", "<img src='opora:documents/none.png'>", "<p>три</p>"))
    with pytest.raises(LookupError):
        list(render_pdfs(pages, workers=2))
    assert makers() == before


def test_who_takes_only_the_first_leaves_no_process() -> None:
    before = makers()
    made = render_pdfs([document("<p>раз</p>")] * 9, workers=2)
    next(made)
    made.close()
    assert makers() == before


def makers() -> list[int]:
    """Processes of this one that make PDFs."""
    told = ["pgrep", "-P", str(os.getpid()), "-f", "documents.rendering.child"]
    return [int(pid) for pid in subprocess.run(told, capture_output=True, check=False).stdout.split()]
