"""Changes to a draft: each takes one and gives the next, with a higher revision."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from twohats.model.delivery import Delivery
from twohats.model.draft import Draft, text_digest
from twohats.model.identity import Hat
from twohats.model.media import Media
from twohats.model.plain_text import sendable
from twohats.model.wording import HatWords, LinkCard, Wording

_LONGEST_TAG = 100


def new_draft(draft_id: str, now: datetime, hat: Hat | None = None, target_ids: Iterable[str] = ()) -> Draft:
    """An empty draft. It has no hat unless the owner asked for the last one to be remembered."""
    return Draft(draft_id, created_at=now, edited_at=now, hat=hat, target_ids=frozenset(target_ids))


def draft_of_rest(delivery: Delivery, origin: Draft | None, disclaimer: str, draft_id: str, now: datetime) -> Draft:
    """The parts of a thread that are not out, as a new draft of the same hat for the same account. Their numbers and
    the disclaimer are left out: both are set below whatever is posted. `origin` is what the post was made of."""
    whole = len(delivery.rendition.parts)
    first = whole - len(delivery.rest) + 1
    texts = [text.removesuffix(f" {n}/{whole}") for n, text in enumerate(delivery.rest, first)]
    text = "\n\n".join(texts).removesuffix(disclaimer.strip()).rstrip()
    rest = replace(new_draft(draft_id, now, delivery.hat, [delivery.account_id]), text=text, revision=1)
    if origin is None:
        return rest
    return replace(
        rest,
        warning=origin.warning,
        language=origin.language,
        numbers_parts=origin.numbers_parts,
        audiences={name: value for name, value in origin.audiences.items() if name == delivery.account_id},
    )


def with_text(draft: Draft, text: str, now: datetime) -> Draft:
    return _next(draft, now, text=text_that_can_be_kept(text))


def with_title(draft: Draft, title: str, now: datetime) -> Draft:
    return _next(draft, now, title=_one_line(title))


def with_excerpt(draft: Draft, excerpt: str, now: datetime) -> Draft:
    return _next(draft, now, excerpt=_one_line(excerpt))


def with_tags(draft: Draft, tags: Iterable[str], now: datetime) -> Draft:
    """Tags without their hash, in order, each once."""
    kept: dict[str, str] = {}
    for tag in tags:
        name = _one_line(tag).lstrip("#").strip()[:_LONGEST_TAG]
        if name:
            kept.setdefault(name.casefold(), name)
    return _next(draft, now, tags=tuple(kept.values()))


def with_hat(draft: Draft, hat: Hat, now: datetime) -> Draft:
    """Text, pictures and ticks stay: only the hat changes. Where each hat has words of its own, both change places."""
    other = draft.other_words
    if other is None or other.hat is not hat or draft.hat is None:
        return _next(draft, now, hat=hat)
    return _next(draft, now, hat=hat, text=other.text, other_words=HatWords(draft.hat, draft.text))


def with_words_apart(draft: Draft, now: datetime) -> Draft:
    """From now on each hat has words of its own; at first they are the same. Nothing changes before a hat is chosen."""
    if draft.hat is None or draft.other_words is not None:
        return draft
    return _next(draft, now, other_words=HatWords(draft.hat.other, draft.text))


def with_same_words(draft: Draft, now: datetime) -> Draft:
    """Both hats say what the one that is worn says; what the other one said is gone."""
    return _next(draft, now, other_words=None)


def with_words_of(draft: Draft, words: HatWords, now: datetime) -> Draft:
    """One hat has words of its own again, the other one what stands there, whichever of both is worn by now."""
    if draft.hat is words.hat:
        return _next(draft, now, text=words.text, other_words=HatWords(words.hat.other, draft.text))
    return _next(draft, now, other_words=words)


def draft_of_other_hat(draft: Draft, draft_id: str, now: datetime) -> Draft | None:
    """What stays when a draft is posted under the hat that it wears: the words of the other hat, as a draft of its own.
    None where that hat says nothing else."""
    other = draft.other_words
    if other is None or not other.text.strip() or other.text == draft.text:
        return None
    return replace(
        draft,
        id=draft_id,
        created_at=now,
        edited_at=now,
        revision=1,
        hat=other.hat,
        text=other.text,
        other_words=None,
        post_id="",
        wordings=tuple(one for one in draft.wordings if one.hat is other.hat),
    )


def with_target(draft: Draft, account_id: str, is_ticked: bool, now: datetime) -> Draft:
    ticked = draft.target_ids | {account_id} if is_ticked else draft.target_ids - {account_id}
    return _next(draft, now, target_ids=frozenset(ticked))


def with_picture(draft: Draft, media: Media, now: datetime) -> Draft:
    return _next(draft, now, media=(*draft.media, media))


def with_alt(draft: Draft, media_id: str, alt: str, now: datetime) -> Draft:
    changed = tuple(replace(m, alt=_one_line(alt)) if m.id == media_id else m for m in draft.media)
    return _next(draft, now, media=changed)


def without_picture(draft: Draft, media_id: str, now: datetime) -> Draft:
    return _next(draft, now, media=tuple(m for m in draft.media if m.id != media_id))


def with_wording(
    draft: Draft, account_id: str, hat: Hat, parts: Iterable[str], now: datetime, made_from: str = ""
) -> Draft:
    """Words for one account alone, in the parts of its thread; what is there already keeps its place. `made_from` is
    the digest of the shared text that they were made from: empty for that of now."""
    kept = tuple(text_that_can_be_kept(part) for part in parts)
    own = Wording(account_id, hat, kept, made_from or text_digest(draft.text))
    before = {wording.account_id: wording for wording in draft.wordings}
    return _next(draft, now, wordings=tuple({**before, account_id: own}.values()))


def with_shared_wording(draft: Draft, account_id: str, now: datetime) -> Draft:
    """Back to the shared text for one account."""
    return _next(draft, now, wordings=tuple(one for one in draft.wordings if one.account_id != account_id))


def with_card(draft: Draft, card: LinkCard, now: datetime) -> Draft:
    """The card of a link, in place of an earlier one of the same address."""
    own = replace(card, title=_one_line(card.title), description=_one_line(card.description))
    before = {one.url: one for one in draft.cards}
    return _next(draft, now, cards=tuple({**before, card.url: own}.values()))


def without_card(draft: Draft, url: str, now: datetime) -> Draft:
    return _next(draft, now, cards=tuple(one for one in draft.cards if one.url != url))


def with_warning(draft: Draft, warning: str, now: datetime) -> Draft:
    """What stands before the text until a reader opens it; empty for none."""
    return _next(draft, now, warning=_one_line(warning))


def with_language(draft: Draft, language: str, now: datetime) -> Draft:
    return _next(draft, now, language=language)


def with_audience(draft: Draft, account_id: str, audience: str, now: datetime) -> Draft:
    """Who may read it at one account; empty for what the account is set to."""
    others = {name: value for name, value in draft.audiences.items() if name != account_id}
    return _next(draft, now, audiences={**others, account_id: audience} if audience else others)


def with_numbers(draft: Draft, numbers_parts: bool, now: datetime) -> Draft:
    """Whether the parts of a thread are counted ("2/3")."""
    return _next(draft, now, numbers_parts=numbers_parts)


def with_blog_first(draft: Draft, blog_first: bool, now: datetime) -> Draft:
    """Whether a blog among the places goes first, and the others lead to it."""
    return _next(draft, now, blog_first=blog_first)


def text_that_can_be_kept(text: str) -> str:
    """The text as it would be sent (see model.plain_text), so that what is checked is what leaves; line ends as \\n."""
    return sendable(text.replace("\u2029", "\n").replace("\u2028", "\n"))  # what Qt's documents hold for line ends


def _one_line(text: str) -> str:
    return " ".join(text_that_can_be_kept(text).split("\n"))


def _next(draft: Draft, now: datetime, **changes: object) -> Draft:
    # object: replace() checks names at run time; the callers above give typed values.
    return replace(draft, revision=draft.revision + 1, edited_at=now, **changes)  # type: ignore[arg-type]
