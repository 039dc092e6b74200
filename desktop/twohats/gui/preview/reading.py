"""What readers see of a part: links as short as the network shows them, the rest folded away. No widgets."""

from dataclasses import dataclass

from twohats.gui import wording
from twohats.gui.composer.spans import Positions
from twohats.gui.preview.look import Look
from twohats.model.rendition import Entity, EntityKind, Part, is_to_come

_LONGEST = 20_000
_LINE_SEPARATOR = "\u2028"  # Qt's end of a line within a paragraph


@dataclass(frozen=True, slots=True)
class Shown:
    """Text for Qt. `stretches` lead somewhere: where each begins and how long it is, in UTF-16 units."""

    text: str
    stretches: tuple[tuple[int, int], ...] = ()


def shown(part: Part, look: Look, *, is_open: bool) -> Shown:
    """The part as readers see it, folded or opened."""
    end = len(part.text) if is_open or part.fold_at is None else part.fold_at
    is_cut = end < len(part.text.rstrip()) or end > _LONGEST
    end = min(end, _LONGEST)
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    at = length = 0
    for entity in part.entities:
        if entity.start >= end:
            break
        plain = part.text[at : entity.start]
        words = _words(part.text[entity.start : entity.end], entity, look)
        if entity.end > end:
            words = part.text[entity.start : end]
        places.append((length + len(plain), length + len(plain) + len(words)))
        pieces += (plain, words)
        length += len(plain) + len(words)
        at = min(entity.end, end)
    pieces.append(part.text[at:end])
    if is_cut and not look.has_fold_at_end:  # else the words that open it begin with them
        pieces.append("…")
    text = "".join(pieces).replace("\n", _LINE_SEPARATOR)
    units = Positions(text)
    found = [(units.to_units(start), units.to_units(stop)) for start, stop in places]
    return Shown(text, tuple((start, stop - start) for start, stop in found))


def _words(words: str, entity: Entity, look: Look) -> str:
    if entity.kind is EntityKind.LINK and is_to_come(entity.target):
        return wording.sentence("blog_first", "link")
    if entity.kind is not EntityKind.LINK or not (look.link_path or look.link_whole):
        return words
    bare = words.removeprefix("https://").removeprefix("http://").removeprefix("www.").removesuffix("/")
    if look.link_whole:
        return bare if len(bare) <= look.link_whole else f"{bare[: look.link_whole]}…"
    host, slash, path = bare.partition("/")
    whole = slash + path
    return bare if len(whole) <= look.link_path else f"{host}{whole[: look.link_path - 1]}…"
