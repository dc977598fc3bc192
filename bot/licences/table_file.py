"""Rows of a CSV or XLSX file as texts, whatever encoding, delimiter or cell types its makers chose."""

from __future__ import annotations

import codecs
import csv
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.licences.errors import ListRefused

Row = tuple[int, tuple[str, ...]]
"""The number of a row in its file, the first being 1, and its cells without outer spaces."""

_ENCODINGS = ("utf-8-sig", "cp1257")
"""UTF-8, or the Baltic code page that spreadsheet programs on Windows write without asking."""

_DELIMITERS = ";,\t|"
_CHUNK = 1 << 16
_LONGEST_CELL = 1 << 20


def read_rows(path: Path) -> Iterator[Row]:
    """
    Every row that is not empty, of a CSV file or of all sheets of a workbook.

    Raises ListRefused when the file is missing, of another kind or not readable.
    """
    kinds = {".csv": _csv_rows, ".txt": _csv_rows, ".tsv": _csv_rows, ".xlsx": _workbook_rows, ".xlsm": _workbook_rows}
    read = kinds.get(path.suffix.lower())
    if read is None:
        raise ListRefused(f"{path.name}: only CSV and XLSX files can be read; save the list as one of them")
    if not path.is_file():
        raise ListRefused(f"{path.name}: there is no such file")
    return (row for row in read(path) if any(row[1]))


def _csv_rows(path: Path) -> Iterator[Row]:
    encoding = _encoding(path)
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        rows = csv.reader(file, delimiter=_delimiter(path, encoding))
        try:
            for cells in rows:
                yield rows.line_num, tuple(cell.strip() for cell in cells)
        except csv.Error as error:
            raise ListRefused(f"{path.name}: line {rows.line_num} is not CSV: {error}") from None


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding) as file:
                while file.read(_CHUNK):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise ListRefused(f"{path.name}: is neither UTF-8 nor Windows-1257; save it as UTF-8")


def _delimiter(path: Path, encoding: str) -> str:
    """The delimiter that gives the first lines the most columns."""
    with path.open(encoding=encoding, newline="") as file:
        beginning = [line for line, _ in zip(file, range(30), strict=False)]
    return max(_DELIMITERS, key=lambda delimiter: max((len(row) for row in _parsed(beginning, delimiter)), default=0))


def _parsed(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []


def _workbook_rows(path: Path) -> Iterator[Row]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ListRefused(f"{path.name}: is not a readable XLSX file ({type(error).__name__})") from None
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write a range that is too small
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield number, tuple(_cell(value) for value in cells)
    finally:
        book.close()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a registration number that was typed as a number
    return "" if value is None else str(value).strip()
