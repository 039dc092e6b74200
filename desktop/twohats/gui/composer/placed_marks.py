"""The marks of the page, each with the boxes where its words lie, kept level with the typing.

Asked at every key, before its paint: plain lists beside each other, since a mark made anew for every key takes longer
than all the rest.
"""

from bisect import bisect_left

from PySide6.QtGui import QTextDocument, QTextLine

from twohats.gui.composer.marks import Mark
from twohats.model.finding import Finding

Box = tuple[float, float, float, float]
"""Left, top, width and height of what lies in one line, in pixels."""


class PlacedMarks:
    """`version` counts up whenever a mark may lie elsewhere, or is gone."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._findings: list[Finding] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._boxes: list[tuple[Box, ...] | None] = []  # None: to be measured
        self._height = 0.0
        self.version = 0

    def __bool__(self) -> bool:
        return bool(self._findings)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """In text order."""
        return tuple(map(Mark, self._findings, self._starts, self._ends))

    def put(self, marks: tuple[Mark, ...]) -> None:
        """Other marks, in text order."""
        self._findings = [mark.finding for mark in marks]
        self._starts = [mark.start for mark in marks]
        self._ends = [mark.end for mark in marks]
        self.measure_anew()

    def measure_anew(self) -> None:
        """The words may lie elsewhere: another width, other letters."""
        self._boxes = [None] * len(self._findings)
        self.version += 1

    def follow(self, position: int, removed: int, added: int) -> bool:
        """Marks behind an edit move along, one that was edited itself goes until the next check. Whether any mark may
        lie elsewhere on the page now, or is gone."""
        behind = bisect_left(self._starts, position + removed)
        edited = [number for number in range(behind) if self._ends[number] > position]
        for number in reversed(edited):
            for each in (self._findings, self._starts, self._ends, self._boxes):
                del each[number]
        behind -= len(edited)
        shift = added - removed
        if shift:
            self._starts[behind:] = [start + shift for start in self._starts[behind:]]
            self._ends[behind:] = [end + shift for end in self._ends[behind:]]
        # In other paragraphs the boxes stay where they are, unless the height of the whole text changes.
        first, last = self._paragraphs(position, added)
        moved = [number for number, end in enumerate(self._ends) if end > first and self._starts[number] < last]
        for number in moved:
            self._boxes[number] = None
        if edited or moved:
            self.version += 1
        return bool(edited or moved)

    def between(self, top: float, bottom: float, right_by: int, down_by: int) -> list[tuple[Finding, list[Box]]]:
        """The findings marked between two heights of a page that is scrolled so far, with their boxes on it."""
        height = self._document.size().height()
        if height != self._height:
            self._height = height
            self.measure_anew()
        top, bottom = top + down_by, bottom + down_by
        shown: list[tuple[Finding, list[Box]]] = []
        for number, boxes in enumerate(self._boxes):
            if boxes is None:
                boxes = self._boxes[number] = self._measured(number)
            if boxes and boxes[0][1] <= bottom and boxes[-1][1] + boxes[-1][3] + 4 >= top:
                placed = [(left - right_by, y - down_by, width, tall) for left, y, width, tall in boxes]
                shown.append((self._findings[number], placed))
        return shown

    def _paragraphs(self, position: int, added: int) -> tuple[int, int]:
        """Where the paragraphs begin and end that hold an edit."""
        block = self._document.findBlock(position)
        first, last = block.position(), block.position() + block.length()
        if position + added >= last:
            block = self._document.findBlock(position + added)
            last = block.position() + block.length() if block.isValid() else position + added
        return first, last

    def _measured(self, number: int) -> tuple[Box, ...]:
        """Where the lines of a mark lie, in the document's coordinates."""
        at, end = self._starts[number], self._ends[number]
        boxes: list[Box] = []
        block = self._document.findBlock(at)
        while at < end and block.isValid():
            start = block.position()
            layout = block.layout()
            corner = layout.position()
            first, last = at - start, min(end - start, block.length() - 1)
            while first < last:
                line = layout.lineForTextPosition(first)
                if not line.isValid():
                    break  # not laid out yet: it is measured again once it is
                ends = line.textStart() + line.textLength()
                until = last
                if last > ends:  # the mark goes on in the next line: the blank where it wraps is not underlined
                    until = first + len(block.text()[first:ends].rstrip())
                left, right = _x_of(line, first), _x_of(line, until)
                if left > right:
                    left, right = right, left
                boxes.append((corner.x() + left, corner.y() + line.y(), right - left, line.height()))
                if ends <= first:
                    break
                first = ends
            at = start + last + 1
            block = block.next()
        return tuple(boxes)


def _x_of(line: QTextLine, position: int) -> float:
    x: object = line.cursorToX(position)
    if isinstance(x, tuple):  # PySide 6.11 gives (x, position) where its stubs say float
        x = x[0]
    return float(x) if isinstance(x, int | float) else 0.0
