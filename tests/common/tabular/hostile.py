"""Files that people or enemies may send, each with a part of the refusal that they must get."""

import io
import struct
import zipfile
from collections.abc import Callable

import openpyxl
import xlwt

Maker = Callable[[], bytes]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def workbook(cells: str, before: str = "", declaration: str = "") -> bytes:
    """A minimal XLSX whose one sheet has this XML inside `sheetData`."""
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{declaration}<worksheet xmlns="{MAIN}">{before}'
            f"<sheetData>{cells}</sheetData></worksheet>",
        }
    )


def good_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["ФИО", "Класс"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def far_cell() -> bytes:
    return workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def far_cell_single_quotes() -> bytes:
    return workbook("<row r = '1'><c\nr = 'XFD1048576'><v>1</v></c></row>")


def far_row_only() -> bytes:
    return workbook('<row r="1048576"><c><v>1</v></c></row>')


def far_cell_among_others() -> bytes:
    """Spelled so that nothing stands before the reference, and not the last."""
    return workbook('<row r="1"><c s="1"r="A9999999"><v>1</v></c><c r="B1"><v>1</v></c></row>')


def past_last_column() -> bytes:
    return workbook('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>')


def endless_reference() -> bytes:
    return workbook(f'<row r="1"><c r="A{"9" * 40}"><v>1</v></c></row>')


def lying_dimension() -> bytes:
    return workbook('<row r="1"><c r="A1"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>')


def scattered_cells() -> bytes:
    """Within the rows and columns allowed, but a rectangle of three thousand million cells."""
    return workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="199999"><c r="XFC199999"><v>1</v></c></row>')


def many_rows() -> bytes:
    return workbook("<row/>" * 200_001)


def laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return workbook(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>',
        declaration=f'<!DOCTYPE worksheet [<!ENTITY l0 "ха">{lines}]>',
    )


def external_entity() -> bytes:
    return workbook(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>',
        declaration='<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    )


def utf16_entities() -> bytes:
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "b">]><worksheet/>'
    return packed({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": xml.encode("utf-16")})


def unpacking_bomb() -> bytes:
    """A third of a megabyte that unpacks to three hundred and more."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(b"<worksheet>")
            for _ in range(310):
                part.write(b" " * 1024 * 1024)
    return out.getvalue()


def lying_sizes() -> bytes:
    """The directory says that a part of a megabyte has ten bytes."""
    data = bytearray(packed({"xl/workbook.xml": b"<workbook>" + b" " * 1_000_000}))
    place = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, 10)
    return bytes(data)


def many_entries() -> bytes:
    return packed({"xl/workbook.xml": "<workbook/>"} | {f"xl/media/{n}.png": b"" for n in range(2_001)})


def truncated() -> bytes:
    return good_workbook()[:-400]


def broken_inside() -> bytes:
    return workbook('<row r="1"><c r="A1"><v>1</v>')


def missing_sheet() -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook(""))) as package:
        parts: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    del parts["xl/worksheets/sheet1.xml"]
    return packed(parts)


def encrypted_zip() -> bytes:
    data = bytearray(good_workbook())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(magic)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(magic, place + 4)
    return bytes(data)


def compound(*streams: str) -> bytes:
    """The beginning of an OLE2 file whose directory has these streams."""
    names = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64 for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names + b"\0" * 512


def xls_with_password() -> bytes:
    """A BIFF workbook with a FILEPASS record after its beginning."""
    book = xlwt.Workbook()
    book.add_sheet("Лист1").write(0, 0, "ФИО")
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    begin = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    record = begin + 20
    return data[:record] + struct.pack("<HHH", 0x2F, 4, 1) + b"\0\0" + data[record + 8 :]


ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Лист1">'
)
ODS_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"


def document(rows: str, declaration: str = "", manifest: str = "<manifest/>") -> bytes:
    content = f'<?xml version="1.0"?>{declaration}{ODS_HEAD}{rows}{ODS_FOOT}'
    return packed({"mimetype": ODS, "META-INF/manifest.xml": manifest, "content.xml": content})


def ods_cell(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def ods_row_bomb() -> bytes:
    return document(f'<table:table-row table:number-rows-repeated="1048576">{ods_cell("5")}</table:table-row>')


def ods_column_bomb() -> bytes:
    cell = ods_cell("5", 'table:number-columns-repeated="999999999"')
    return document(f"<table:table-row>{cell}</table:table-row>")


def ods_area_bomb() -> bytes:
    cell = ods_cell("5", 'table:number-columns-repeated="16000"')
    return document(f'<table:table-row table:number-rows-repeated="150000">{cell}</table:table-row>')


def ods_many_bombs() -> bytes:
    """Rows each within the limits, together far beyond."""
    cell = ods_cell("5", 'table:number-columns-repeated="16000"')
    return document(f'<table:table-row table:number-rows-repeated="700">{cell}</table:table-row>' * 100)


def ods_far_row() -> bytes:
    return document(
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
        f"<table:table-row>{ods_cell('5')}</table:table-row>"
    )


def ods_laughs() -> bytes:
    return document(f"<table:table-row>{ods_cell('&a;')}</table:table-row>", '<!DOCTYPE d [<!ENTITY a "b">]>')


def ods_with_password() -> bytes:
    return document("", manifest="<manifest><encryption-data/></manifest>")


def ods_broken() -> bytes:
    return document("<table:table-row>")


def html_wide() -> bytes:
    return b"<html><table><tr><td colspan=999999>1</td></tr></table></html>"


def html_deep() -> bytes:
    return b"<html>" + b"<div>" * 5000 + b"<table><tr><td>1</td></tr></table></html>"


def html_entities() -> bytes:
    return b'<!DOCTYPE html [<!ENTITY a "b">]><html><table><tr><td>&a;</td></tr></table></html>'


def excel_2003_plain() -> bytes:
    """Its table begins as that of a web page does."""
    cell = '<Row><Cell><Data ss:Type="String">ФИО</Data></Cell></Row>'
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="Лист1"><Table>{cell}</Table></Worksheet></Workbook>'
    ).encode()


def excel_2003() -> bytes:
    return (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
    )


def escaping_archive() -> bytes:
    return packed({"../../etc/cron.d/x.csv": "ФИО;Класс"})


def linking_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        entry = zipfile.ZipInfo("secrets.csv")
        entry.external_attr = 0o120777 << 16
        package.writestr(entry, "/etc/passwd")
    return out.getvalue()


def archive_in_archive() -> bytes:
    return packed({"inner.zip": packed({"marks.csv": "ФИО;Класс"})})


def unclosed_quote() -> bytes:
    return 'ФИО;Класс\n"Ковтун Матвей;7А\n'.encode()


BROKEN = "он повреждён"
HOSTILE: dict[str, tuple[str, Maker, str]] = {
    "a cell in the last corner": ("m.xlsx", far_cell, "больше 200000 строк"),
    "a far cell between single quotes": ("m.xlsx", far_cell_single_quotes, "больше 200000 строк"),
    "a far row alone": ("m.xlsx", far_row_only, "больше 200000 строк"),
    "a far cell among others": ("m.xlsx", far_cell_among_others, "больше 200000 строк"),
    "a column past the last": ("m.xlsx", past_last_column, "больше 200000 строк или 16384 столбцов"),
    "an endless reference": ("m.xlsx", endless_reference, "ссылки на ячейки, которых не бывает"),
    "a dimension that lies": ("m.xlsx", lying_dimension, "больше 200000 строк"),
    "scattered cells": ("m.xlsx", scattered_cells, "разбросаны"),
    "too many rows without numbers": ("m.xlsx", many_rows, "больше 200000 строк"),
    "billion laughs": ("m.xlsx", laughs, "определения сущностей"),
    "an external entity": ("m.xlsx", external_entity, "определения сущностей"),
    "entities in another encoding": ("m.xlsx", utf16_entities, "необычной кодировке"),
    "a bomb that unpacks": ("m.xlsx", unpacking_bomb, "в распакованном виде он слишком велик"),
    "sizes that lie": ("m.xlsx", lying_sizes, BROKEN),
    "too many entries": ("m.xlsx", many_entries, "больше 2000 файлов"),
    "a truncated workbook": ("m.xlsx", truncated, BROKEN),
    "a workbook broken inside": ("m.xlsx", broken_inside, BROKEN),
    "a workbook without its sheet": ("m.xlsx", missing_sheet, BROKEN),
    "an encrypted zip": ("m.xlsx", encrypted_zip, "защищён паролем"),
    "a workbook with a password": ("m.xlsx", lambda: compound("EncryptionInfo", "EncryptedPackage"), "паролем"),
    "an old workbook with a password": ("m.xls", xls_with_password, "защищён паролем"),
    "a Word document": ("m.xls", lambda: compound("WordDocument"), "документ, а не таблица"),
    "a new Word document": (
        "m.xlsx",
        lambda: packed({"[Content_Types].xml": TYPES, "word/document.xml": "<x/>"}),
        "документ, а не таблица",
    ),
    "an OLE file of zeros": ("m.xls", lambda: compound("Workbook"), BROKEN),
    "a repeated row in ODS": ("m.ods", ods_row_bomb, "больше 200000 строк"),
    "a repeated column in ODS": ("m.ods", ods_column_bomb, "больше 16384 столбцов"),
    "a repeated rectangle in ODS": ("m.ods", ods_area_bomb, "разбросаны"),
    "many repeated rectangles in ODS": ("m.ods", ods_many_bombs, "разбросаны"),
    "a far row in ODS": ("m.ods", ods_far_row, "больше 200000 строк"),
    "entities in ODS": ("m.ods", ods_laughs, "определения сущностей"),
    "ODS with a password": ("m.ods", ods_with_password, "паролем"),
    "broken ODS": ("m.ods", ods_broken, BROKEN),
    "a wide HTML cell": ("m.xls", html_wide, "больше 16384 столбцов"),
    "deep HTML": ("m.xls", html_deep, "слишком сложно"),
    "entities in HTML": ("m.xls", html_entities, "определения сущностей"),
    "HTML without a table": ("m.xls", lambda: b"<html><p>Login</p></html>", "нет таблицы"),
    "HTML of nothing": ("m.xls", lambda: b"<!-- -->", "нет таблицы"),
    "XML of Excel 2003": ("m.xls", excel_2003, "Excel 2003"),
    "XML of Excel 2003 with a plain table": ("m.xls", excel_2003_plain, "Excel 2003"),
    "a program": ("m.xlsx", lambda: b"MZ\x90\x00" + b"\0" * 500, "программа, а не таблица"),
    "a picture": ("m.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "картинка"),
    "a PDF": ("m.xlsx", lambda: b"%PDF-1.7", "документ PDF"),
    "RAR": ("m.zip", lambda: b"Rar!\x1a\x07\x00", "архив RAR"),
    "nothing": ("m.xlsx", lambda: b"", "он пуст"),
    "spaces": ("m.csv", lambda: b"\xef\xbb\xbf \r\n", "он пуст"),
    "CSV with zero bytes": ("m.csv", lambda: "ФИО;Класс\n\0\0;7А".encode(), "двоичные данные"),
    "CSV with zero bytes far inside": ("m.csv", lambda: b"a;b\n" * 50_000 + b"\0", "двоичные данные"),
    "an unclosed quote": ("m.csv", unclosed_quote, "не закрыта кавычка"),
    "a very long cell": ("m.csv", lambda: b"a;" + b"b" * 200_000, "слишком длинный текст"),
    "too many rows of CSV": ("m.csv", lambda: b"1\n" * 200_001, "больше 200000 строк"),
    "too many columns of CSV": ("m.csv", lambda: b";" * 16_384 + b"5", "больше 200000 строк или 16384"),
    "names that escape": ("m.zip", escaping_archive, "недопустимые имена"),
    "a symbolic link": ("m.zip", linking_archive, "недопустимые имена"),
    "an archive in an archive": ("m.zip", archive_in_archive, "архив внутри архива"),
    "an empty archive": ("m.zip", lambda: b"PK\x05\x06" + b"\0" * 18, "архив пуст"),
    "too many bytes": ("m.csv", lambda: b"1;2\n" * (13 * 1024 * 1024 + 1), "больше 50 МБ"),
}
