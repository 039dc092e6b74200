"""Writes exported records as JSON, CSV, HTML or PDF, one after the other: the file is there whole or not at all.

No Qt. Words of posts are anybody's: HTML escapes them and allows itself nothing from elsewhere; in CSV a cell that a
spreadsheet would take for a formula gets an apostrophe (owasp.org/www-community/attacks/CSV_Injection, read
2026-11-23).
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import IO, Any

from twohats.flows.export_records import Export, Sent, Sheet
from twohats.gui import wording
from twohats.gui.sent.export_words import HEADINGS, about, finding_line, sent_line
from twohats.gui.sent.moment import moment_of
from twohats.model.errors import BadInput

FORMATS = ("pdf", "html", "csv", "json")
JSON_FORMAT = "two-hats-records"
JSON_VERSION = 1
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #1d1d21 }
h1 { font-size: 1.5em } h2 { font-size: 1.1em; margin: 0 } h3 { font-size: 1em; margin: .6em 0 0 }
article { border-top: 1px solid #ccc; padding: 1em 0 } .text { white-space: pre-wrap; overflow-wrap: anywhere }
.small { color: #55555c; font-size: .9em; overflow-wrap: anywhere } ul { padding-left: 1.2em; margin: .3em 0 }
"""

Tell = Callable[[int, int], bool]
"""Told how many of how many are written; False stops the writing."""


def write(export: Export, path: Path, kind: str, tell: Tell) -> bool:
    """Writes the file; False when it was stopped, and then there is none. Raises BadInput("export_not_written")."""
    sheets = _Told(export, tell)
    try:
        with _beside(path) as unfinished:
            match kind:
                case "pdf":
                    from twohats.gui.sent.export_pdf import write_pdf

                    write_pdf(export, iter(sheets), unfinished)
                case "html":
                    _write_html(export, iter(sheets), unfinished)
                case "csv":
                    _write_csv(export, iter(sheets), unfinished)
                case _:
                    _write_json(export, iter(sheets), unfinished)
            if not sheets.was_stopped:
                unfinished.replace(path)
    except OSError:
        raise BadInput("export_not_written", file=path.name) from None
    return not sheets.was_stopped


class _Told:
    """The sheets, counted while they go by."""

    def __init__(self, export: Export, tell: Tell) -> None:
        self._export, self._tell = export, tell
        self.was_stopped = False

    def __iter__(self) -> Iterator[Sheet]:
        for done, sheet in enumerate(self._export.sheets):
            if not self._tell(done, self._export.count):
                self.was_stopped = True
                return
            yield sheet
        self._tell(self._export.count, self._export.count)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    unfinished = path.with_name(f".{path.name}.part")
    try:
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)


def _write_json(export: Export, sheets: Iterator[Sheet], path: Path) -> None:
    head: Mapping[str, Any] = {
        "format": JSON_FORMAT,
        "version": JSON_VERSION,
        "made_at": export.made_at.isoformat(),
        "left_out": sorted(kind.value for kind in export.left_out),
        "chain": {"newest_number": export.head[0], "newest_hash": export.head[1]},
    }
    with _opened(path) as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "records": [')
        for number, sheet in enumerate(sheets):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(asdict(sheet), ensure_ascii=False, default=lambda moment: moment.isoformat()))
        file.write("\n]}\n")


def _write_csv(export: Export, sheets: Iterator[Sheet], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(HEADINGS)
        for sheet in sheets:
            for sent in sheet.sent or (None,):
                writer.writerow([_cell(value) for value in _row(export, sheet, sent)])


def _row(export: Export, sheet: Sheet, sent: Sent | None) -> tuple[str, ...]:
    return (
        str(sheet.number),
        sheet.posted_at.isoformat(),
        sheet.hat,
        sheet.posted_as,
        sent.network if sent else "",
        sent.label if sent else "",
        sent.state if sent else "",
        sent.url if sent else "",
        sheet.title,
        "\n\n".join(sent.parts) if sent and sent.parts else sheet.text,
        "\n".join(finding_line(finding) for finding in sheet.findings),
        sheet.approval_digest,
        sheet.previous_hash,
        sheet.hash,
        ", ".join(sorted(kind.value for kind in export.left_out)),
        sent.after if sent else "",
    )


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) or value.lstrip(" ").startswith(_FORMULA) else value


def _write_html(export: Export, sheets: Iterator[Sheet], path: Path) -> None:
    title = escape(wording.sentence("records", "paper_title"))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    with _opened(path) as file:
        file.write(
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            '<meta name="viewport" content="width=device-width">'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
            f'<meta name="referrer" content="no-referrer"><style>{_STYLE}</style></head><body><main><h1>{title}</h1>'
        )
        for line in about(export):
            file.write(f'<p class="small">{escape(line)}</p>')
        for sheet in sheets:
            file.write(_article(sheet))
        file.write("</main></body></html>\n")


def _article(sheet: Sheet) -> str:
    name = escape(wording.sentence("records", "paper_record", number=sheet.number, when=moment_of(sheet.posted_at)))
    who = escape(f"{sheet.posted_as} ({sheet.hat.capitalize()})")
    parts = [f'<article><h2>{name}</h2><p class="small">{who}</p>']
    if sheet.title:
        parts.append(f"<h3>{escape(sheet.title)}</h3>")
    parts += [f'<p class="text">{escape(text)}</p>' for text in (sheet.excerpt, sheet.text) if text]
    places = "".join(_place(sent, sheet.text) for sent in sheet.sent)
    parts.append(f"<h3>{escape(wording.sentence('records', 'paper_places'))}</h3><ul>{places}</ul>")
    if sheet.findings:
        said = "".join(f"<li>{escape(finding_line(finding))}</li>" for finding in sheet.findings)
        parts.append(f"<h3>{escape(wording.sentence('records', 'paper_findings'))}</h3><ul>{said}</ul>")
    seal = wording.sentence(
        "records", "paper_seal", seal=sheet.hash, before=sheet.previous_hash, approval=sheet.approval_digest
    )
    parts.append(f'<p class="small">{escape(seal)}</p></article>\n')
    return "".join(parts)


def _place(sent: Sent, shared: str) -> str:
    own = [part for part in sent.parts if part != shared]
    words = "".join(f'<p class="text">{escape(part)}</p>' for part in own)
    link = ""
    if sent.url.startswith(("https://", "http://")):
        link = f' <a href="{escape(sent.url)}" rel="noreferrer noopener">{escape(sent.url)}</a>'
    return f"<li>{escape(sent_line(sent))}{link}{words}</li>"


def _opened(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", errors="replace", newline="\n")
