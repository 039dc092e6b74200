"""What posting now would mean beside the words: into how many parts it goes, what stays behind, and what it costs."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from twohats.bridge.session import Face
from twohats.gui import wording
from twohats.gui.composer.naming import listed
from twohats.gui.theme import Theme
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.rendition import Rendition

_SECTION = "departure"
_IN_CENTS_FROM_MILLS = 100
_NO_PICTURES = "pictures_need_address"


class DepartureLine(QWidget):
    """Stands by the Post button; hidden while there is nothing to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._coin = Glyph(theme, "coin", "text-soft", 16)
        self._label = Label("", "small", wraps=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addWidget(self._coin)
        self.hide()

    @property
    def sentence(self) -> str:
        return self._label.text()

    def show_faces(self, faces: Sequence[Face]) -> None:
        """The draft as the ticked accounts will get it."""
        charge = charge_sentence(faces)
        without = without_pictures((face.account.label, face.rendition) for face in faces)
        words = " ".join(said for said in (thread_sentence(faces), without, charge) if said)
        if words != self._label.text():
            self._label.setText(words)
            self.setAccessibleName(words)
        self._coin.setVisible(bool(charge))
        self.setVisible(bool(words))


def thread_sentence(faces: Sequence[Face]) -> str:
    """ "@dr_a_lee gets a thread of 3 parts."; empty where every account gets one post."""
    threads = [
        wording.sentence(_SECTION, "thread", name=face.account.label, parts=len(face.rendition.parts))
        for face in faces
        if len(face.rendition.parts) > 1
    ]
    return " ".join(threads)


def without_pictures(going: Iterable[tuple[str, Rendition]]) -> str:
    """ "Amira gets the text without its pictures."; empty where all places get them. By accounts' names."""
    names = tuple(name for name, rendition in going if _NO_PICTURES in rendition.notes)
    if not names:
        return ""
    code = "without_pictures" if len(names) == 1 else "without_pictures_many"
    return wording.sentence(_SECTION, code, names=listed(names))


def charge_sentence(faces: Sequence[Face]) -> str:
    """ "X charges about $0.015 for this post."; empty where nothing is charged."""
    charging = [face for face in faces if face.rendition.cost_mills > 0]
    names = dict.fromkeys(wording.sentence("network", face.account.network) for face in charging)
    if not names:
        return ""
    mills = sum(face.rendition.cost_mills for face in charging)
    code = "charge" if len(names) == 1 else "charges"
    return wording.sentence(_SECTION, code, names=listed(tuple(names)), amount=dollars(mills))


def dollars(mills: int) -> str:
    """Thousandths of a US dollar as "$0.015", and whole cents from ten cents on, rounded up."""
    if mills < _IN_CENTS_FROM_MILLS:
        return f"${mills / 1000:.3f}"
    return f"${-(-mills // 10) / 100:.2f}"
