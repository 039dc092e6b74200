"""What could stand in place of a stretch that crosses, by its category alone: whoever found it, a rule or the tagger.

Nothing is invented: words go, or take the plural, or make room for one of our fixed sentences. The caller proves that a
change takes its finding away and brings no other.
"""

from collections.abc import Iterator, Sequence

from twohats.boundary.rule import ENGLISH, Fix, Surroundings
from twohats.boundary.suggest import drop, general, profanity, stand_in
from twohats.boundary.suggest.drop import passage as passage
from twohats.boundary.suggest.edit import Edit
from twohats.boundary.suggest.joints import is_tags, tags_after
from twohats.model.finding import Category, SuggestionKind


def fixes(category: Category, sentence: str, start: int, end: int, known: Surroundings) -> Sequence[Fix]:
    """The changes of a sentence that would take the stretch start..end (code points) away, the best first.

    A fix without words over the whole sentence means that the sentence goes. `known` tells the office's lines and the
    neighbouring sentences, with a line break before one that begins a paragraph. Of a sentence in another language than
    English nothing is known but where it ends.
    """
    edits = _edits(category, sentence, start, end, known) if known.language == ENGLISH else _whole(sentence, end)
    return tuple(Fix(kind, edit.start, edit.end, edit.text) for kind, edit in edits)


_PRIVATE = frozenset(
    (
        Category.RELATIONSHIPS,
        Category.HEALTH,
        Category.WHEREABOUTS,
        Category.PRIVATE_LIFE,
        Category.DEMOGRAPHICS,
        Category.FEELINGS,
    )
)

_Offers = Iterator[tuple[SuggestionKind, Edit]]


def _edits(category: Category, sentence: str, start: int, end: int, known: Surroundings) -> _Offers:
    if category is Category.CLIENT:
        yield from _all(SuggestionKind.NEUTRAL_REPLY, stand_in.neutral_reply(sentence, known))
        yield from _all(SuggestionKind.GENERALISE, general.as_many(sentence))
    if category in (Category.CONTACT, Category.CONDUCT):
        yield from _all(SuggestionKind.OFFICE_LINE, stand_in.office_line(sentence, start, end, known))
    if category is Category.CONDUCT:
        yield from _all(SuggestionKind.DROP, profanity.without(sentence, start, end))
    yield from _all(SuggestionKind.DROP, drop.piece(sentence, start, end, known))
    if drop.can_go(sentence, known) and (end - start == len(sentence) or not is_tags(sentence)):
        yield from _whole(sentence, end)
    if category is Category.CLIENT:
        yield from _all(SuggestionKind.GENERALISE, general.without_particulars(sentence, start, end))
    if category is Category.RELATIONSHIPS:
        yield from _all(SuggestionKind.GENERALISE, general.as_someone(sentence, start, end))
    if category in _PRIVATE:
        yield from _all(SuggestionKind.ABSENCE, stand_in.absence(sentence, start, end))


def _whole(sentence: str, end: int) -> _Offers:
    """The sentence, but for hashtags of its own that follow the stretch."""
    tags = tags_after(sentence, end)
    yield SuggestionKind.DROP, Edit(0, tags or len(sentence), "")


def _all(kind: SuggestionKind, edit: Edit | None) -> _Offers:
    if edit is not None:
        yield kind, edit
