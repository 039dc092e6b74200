"""Keeps with each draft how grave its gravest finding is, so that the list of drafts can be narrowed by it."""

from PySide6.QtCore import QObject

from twohats.bridge.library import Library
from twohats.bridge.session import Session
from twohats.model.finding import Severity, worst
from twohats.model.identity import Hat


class FindingNotes(QObject):
    """Follows the desk. What the check says is written when it changes, not at every check."""

    def __init__(self, session: Session, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._library = library
        self._noted: tuple[str, Severity] | None = None
        self._stored_id = ""
        session.findings_changed.connect(lambda _findings: self._note())
        session.saved.connect(lambda _at: self._note_stored())

    def _note_stored(self) -> None:
        """A draft that is kept for the first time could not be noted before."""
        draft_id = self._session.draft.id
        if self._stored_id != draft_id:
            self._stored_id = draft_id
            self._noted = None
            self._note()

    def _note(self) -> None:
        draft, findings = self._session.draft, self._session.findings
        if findings.draft_id != draft.id:
            return
        hats = (draft.hat,) if draft.hat else tuple(Hat)
        gravest = worst(tuple(finding for hat in hats for finding in findings.of(hat).findings))
        if self._noted != (draft.id, gravest):
            self._noted = (draft.id, gravest)
            self._library.note_findings(draft.id, gravest)
