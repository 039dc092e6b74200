"""Marks under words: which stretches, and the three shapes that tell them apart without colour."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from twohats.gui.composer.spans import Positions
from twohats.model.finding import Finding, Severity
from twohats.model.span import Field

LETTERS = "SCTDH"


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding in the text. `start` and `end` are UTF-16 positions."""

    finding: Finding
    start: int
    end: int

    def holds(self, position: int) -> bool:
        return self.start <= position < self.end


def marks_of(findings: tuple[Finding, ...], text: str) -> tuple[Mark, ...]:
    """The marks of the findings that lie in the text itself, in text order."""
    positions = Positions(text)
    made = [
        Mark(finding, positions.to_units(finding.span.start), positions.to_units(finding.span.end))
        for finding in findings
        if finding.span.field is Field.TEXT and finding.severity > Severity.SILENT
    ]
    return tuple(sorted((mark for mark in made if mark.end > mark.start), key=lambda mark: (mark.start, mark.end)))


def tone_of(severity: Severity) -> str:
    """The token that colours a severity."""
    return {Severity.STOP: "stop", Severity.WARN: "warn"}.get(severity, "note")


def letter_of(finding: Finding) -> str:
    """The letter of a finding's kind: own life, client, third party, conduct, wrong hat."""
    return finding.rule[:1] if finding.rule[:1] in LETTERS else "S"


def paint_underline(
    painter: QPainter, left: float, top: float, width: float, severity: Severity, color: QColor
) -> None:
    """Stop: a thick double line. Warn: a wave. Note: dots. `top` is where the shape begins; it is 6 px high."""
    tile = _tile(severity, color.rgba(), painter.device().devicePixelRatio())
    painter.drawTiledPixmap(QRectF(left, top, width, TILE_HEIGHT), tile)


TILE_HEIGHT = 6
_TILE_WIDTH = 40


@cache
def _tile(severity: Severity, rgba: int, ratio: float) -> QPixmap:
    tile = QPixmap(round(_TILE_WIDTH * ratio), round(TILE_HEIGHT * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = QColor.fromRgba(rgba)
    match severity:
        case Severity.STOP:
            painter.fillRect(QRectF(0, 0, _TILE_WIDTH, 2), color)
            painter.fillRect(QRectF(0, 4, _TILE_WIDTH, 2), color)
        case Severity.WARN:
            painter.setPen(QPen(color, 1.5))
            painter.drawPath(_wave())
        case _:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            for dot in range(_TILE_WIDTH // 4):
                painter.drawEllipse(QPointF(dot * 4 + 2, 2.5), 1.2, 1.2)
    painter.end()
    return tile


def _wave() -> QPainterPath:
    # Begins and ends outside the tile, so that the tiles join without a seam.
    middle = 2.75
    path = QPainterPath(QPointF(-8, middle))
    for half in range(-2, _TILE_WIDTH // 4 + 2):
        x = half * 4
        path.quadTo(QPointF(x + 2, middle + (-3.5 if half % 2 else 3.5)), QPointF(x + 4, middle))
    return path
