"""Records as a PDF: pages are finished one by one, so that ten thousand take little memory.

The typeface is one that the system has; the library's own, which has Latin letters alone, where none is found. A sign
that the typeface lacks shows as a box: the other formats have every sign.
"""

from collections.abc import Iterator
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from twohats.flows.export_records import Export, Sheet
from twohats.gui import wording
from twohats.gui.sent.export_words import about, finding_line, sent_line
from twohats.gui.sent.moment import moment_of

_FACE = "TwoHatsText"
_FACES = (
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf"),
    Path("C:/Windows/Fonts/segoeui.ttf"),
    Path("C:/Windows/Fonts/arial.ttf"),
    Path("/System/Library/Fonts/Supplemental/Arial Unicode.ttf"),
    Path("/System/Library/Fonts/Supplemental/Arial.ttf"),
)
_MARGIN = 56.0  # points, as all lengths here
_WIDTH = A4[0] - 2 * _MARGIN


def write_pdf(export: Export, sheets: Iterator[Sheet], path: Path) -> None:
    """Writes the file. Raises OSError."""
    rl_config.useA85 = 0  # pages as bytes, not as letters: a fifth smaller, and sooner written
    paper = _Paper(path)
    title = wording.sentence("records", "paper_title")
    paper.canvas.setTitle(title)
    paper.canvas.setAuthor("Two Hats")
    paper.say(title, 16)
    for line in about(export):
        paper.say(line, 9)
    for sheet in sheets:
        _put(paper, sheet)
    paper.finish()


def _put(paper: "_Paper", sheet: Sheet) -> None:
    paper.rule()
    when = moment_of(sheet.posted_at)
    paper.say(wording.sentence("records", "paper_record", number=sheet.number, when=when), 12)
    paper.say(f"{sheet.posted_as} ({sheet.hat.capitalize()})", 9)
    for text in (sheet.title, sheet.excerpt, sheet.text):
        paper.say(text, 10)
    for sent in sheet.sent:
        paper.say(f"{sent_line(sent)} {sent.url}", 9)
        for part in sent.parts:
            if part != sheet.text:
                paper.say(part, 9, indent=14)
    for finding in sheet.findings:
        paper.say(finding_line(finding), 9)
    paper.say(
        wording.sentence(
            "records", "paper_seal", seal=sheet.hash, before=sheet.previous_hash, approval=sheet.approval_digest
        ),
        7,
    )


class _Paper:
    """A pen that goes down the page and turns it when it is full."""

    def __init__(self, path: Path) -> None:
        self._face = _face()
        self._page = 1
        self._widths: dict[tuple[str, int], float] = {}
        self.canvas = Canvas(str(path), pagesize=A4, pageCompression=1)
        self._y = A4[1] - _MARGIN

    def say(self, text: str, size: int, indent: float = 0) -> None:
        """A paragraph; nothing for an empty one."""
        if not text.strip():
            return
        for line in self._lines(text, size, _WIDTH - indent):
            self._make_room(size * 1.4)
            self.canvas.setFont(self._face, size)
            self.canvas.drawString(_MARGIN + indent, self._y, line)
        self._y -= 4

    def rule(self) -> None:
        """A line between two records; a record begins on a page that has room for its head."""
        if self._y < _MARGIN + 90:
            self._turn()
        self._y -= 8
        self.canvas.setLineWidth(0.4)
        self.canvas.line(_MARGIN, self._y, _MARGIN + _WIDTH, self._y)
        self._y -= 4

    def finish(self) -> None:
        self._number()
        self.canvas.save()

    def _make_room(self, height: float) -> None:
        self._y -= height
        if self._y < _MARGIN:
            self._turn()
            self._y -= height

    def _turn(self) -> None:
        self._number()
        self.canvas.showPage()
        self._page += 1
        self._y = A4[1] - _MARGIN

    def _number(self) -> None:
        self.canvas.setFont(self._face, 8)
        self.canvas.drawRightString(_MARGIN + _WIDTH, _MARGIN / 2, str(self._page))

    def _lines(self, text: str, size: int, room: float) -> Iterator[str]:
        for paragraph in _plain(text).splitlines():
            line, used = "", 0.0
            for word in paragraph.split(" "):
                for piece in self._pieces(word, size, room):
                    wide = self._width(piece, size)
                    gap = self._width(" ", size) if line else 0.0
                    if line and used + gap + wide > room:
                        yield line
                        line, used, gap = "", 0.0, 0.0
                    line = f"{line} {piece}" if line else piece
                    used += gap + wide
            yield line

    def _pieces(self, word: str, size: int, room: float) -> Iterator[str]:
        """A word that is wider than the page, in pieces that are not."""
        while self._width(word, size) > room:
            fits = 1
            while self._width(word[: fits + 1], size) <= room:
                fits += 1
            yield word[:fits]
            word = word[fits:]
        yield word

    def _width(self, word: str, size: int) -> float:
        key = (word, size)
        if key not in self._widths:
            if len(self._widths) > 20_000:
                self._widths.clear()
            self._widths[key] = pdfmetrics.stringWidth(word, self._face, size)
        return self._widths[key]


def _plain(text: str) -> str:
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\t", "    ")
    if text.replace("\n", "").isprintable():
        return text
    return "".join(sign for sign in text if sign == "\n" or sign.isprintable())


def _face() -> str:
    if _FACE in pdfmetrics.getRegisteredFontNames():
        return _FACE
    for path in (*_FACES, Path("Vera.ttf")):
        try:
            pdfmetrics.registerFont(TTFont(_FACE, str(path)))
        except (TTFError, OSError):
            continue
        return _FACE
    return "Helvetica"
