"""How the nouns of the model are written as JSON, and read back.

Every string comes back as it was, NUL and lone surrogates included (two surrogates that stand side by side come back
as the character they spell). Times are ISO 8601 in UTC.
What an older program did not write yet takes its default.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from twohats.model.approval import Answer
from twohats.model.draft import Draft
from twohats.model.finding import Category, Finding, Severity, Suggestion, SuggestionKind
from twohats.model.identity import Hat, Identity, ProfessionalCard
from twohats.model.media import Media
from twohats.model.policy import Allowance, Scope
from twohats.model.receipt import Receipt
from twohats.model.record import RecordedFinding
from twohats.model.rendition import Count, Entity, EntityKind, Part, RenderedPicture, Rendition
from twohats.model.span import Field, Span
from twohats.model.wording import HatWords, LinkCard, Wording

Json = dict[str, Any]  # Any: what JSON holds


def written(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces; the same value always gives the same text, and it fits into UTF-8."""
    text = _dumped(value, is_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate: only an escape can hold it
        return _dumped(value, is_ascii=True)
    return text


def read(text: str) -> Json:
    """The object that `written` wrote."""
    value: Json = json.loads(text)
    return value


def moment_json(moment: datetime) -> str:
    """ISO 8601 in UTC. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("times are kept with their zone")
    return moment.astimezone(UTC).isoformat()


def moment_of(text: str) -> datetime:
    return datetime.fromisoformat(text)


def draft_json(draft: Draft) -> Json:
    return {
        "id": draft.id,
        "created_at": moment_json(draft.created_at),
        "edited_at": moment_json(draft.edited_at),
        "revision": draft.revision,
        "hat": draft.hat.value if draft.hat else None,
        "text": draft.text,
        "title": draft.title,
        "excerpt": draft.excerpt,
        "tags": list(draft.tags),
        "media": [media_json(media) for media in draft.media],
        "target_ids": sorted(draft.target_ids),
        "post_id": draft.post_id,
        "wordings": [
            {"account_id": w.account_id, "hat": w.hat.value, "parts": list(w.parts), "shared_digest": w.shared_digest}
            for w in draft.wordings
        ],
        "other_words": {"hat": draft.other_words.hat.value, "text": draft.other_words.text}
        if draft.other_words
        else None,
        "cards": [card_json(card) for card in draft.cards],
        "warning": draft.warning,
        "language": draft.language,
        "audiences": text_map_json(draft.audiences),
        "numbers_parts": draft.numbers_parts,
        "blog_first": draft.blog_first,
    }


def draft_of(kept: Json) -> Draft:
    return Draft(
        id=kept["id"],
        created_at=moment_of(kept["created_at"]),
        edited_at=moment_of(kept["edited_at"]),
        revision=kept["revision"],
        hat=Hat(kept["hat"]) if kept["hat"] else None,
        text=kept["text"],
        title=kept["title"],
        excerpt=kept["excerpt"],
        tags=tuple(kept["tags"]),
        media=tuple(media_of(media) for media in kept["media"]),
        target_ids=frozenset(kept["target_ids"]),
        post_id=kept.get("post_id", ""),
        wordings=tuple(
            Wording(w["account_id"], Hat(w["hat"]), tuple(w["parts"]), w["shared_digest"])
            for w in kept.get("wordings", ())
        ),
        other_words=_hat_words_of(kept.get("other_words")),
        cards=tuple(card_of(card) for card in kept.get("cards", ())),
        warning=kept.get("warning", ""),
        language=kept.get("language", ""),
        audiences=text_map_of(kept.get("audiences", {})),
        numbers_parts=kept.get("numbers_parts", False),
        blog_first=kept.get("blog_first", False),
    )


def _hat_words_of(kept: Json | None) -> HatWords | None:
    return HatWords(Hat(kept["hat"]), kept["text"]) if kept else None


def card_json(card: LinkCard) -> Json:
    return {
        "url": card.url,
        "title": card.title,
        "description": card.description,
        "picture_digest": card.picture_digest,
        "picture_mime": card.picture_mime,
    }


def card_of(kept: Json) -> LinkCard:
    return LinkCard(
        url=kept["url"],
        title=kept["title"],
        description=kept["description"],
        picture_digest=kept["picture_digest"],
        picture_mime=kept["picture_mime"],
    )


def media_json(media: Media) -> Json:
    return {
        "id": media.id,
        "digest": media.digest,
        "mime": media.mime,
        "width": media.width,
        "height": media.height,
        "size_bytes": media.size_bytes,
        "alt": media.alt,
        "original_name": media.original_name,
        "removed": list(media.removed),
    }


def media_of(kept: Json) -> Media:
    return Media(
        id=kept["id"],
        digest=kept["digest"],
        mime=kept["mime"],
        width=kept["width"],
        height=kept["height"],
        size_bytes=kept["size_bytes"],
        alt=kept["alt"],
        original_name=kept["original_name"],
        removed=tuple(kept["removed"]),
    )


def identity_json(identity: Identity) -> Json:
    card = identity.card
    return {
        "hat": identity.hat.value,
        "name": identity.name,
        "credentials": identity.credentials,
        "accent": identity.accent,
        "icon": identity.icon,
        "card": {
            "practice": card.practice,
            "address": card.address,
            "phone": card.phone,
            "email": card.email,
            "website": card.website,
            "licence": card.licence,
            "disclaimer": card.disclaimer,
        },
    }


def identity_of(kept: Json) -> Identity:
    card = kept["card"]
    return Identity(
        hat=Hat(kept["hat"]),
        name=kept["name"],
        credentials=kept["credentials"],
        accent=kept["accent"],
        icon=kept["icon"],
        card=ProfessionalCard(
            practice=card["practice"],
            address=card["address"],
            phone=card["phone"],
            email=card["email"],
            website=card["website"],
            licence=card["licence"],
            disclaimer=card["disclaimer"],
        ),
    )


def rendition_json(rendition: Rendition) -> Json:
    return {
        "account_id": rendition.account_id,
        "network": rendition.network,
        "title": rendition.title,
        "html": rendition.html,
        "payload": dict(rendition.payload),
        "pictures": [
            {"name": picture.name, "digest": picture.digest, "mime": picture.mime, "alt": picture.alt}
            for picture in rendition.pictures
        ],
        "tags": list(rendition.tags),
        "excerpt": rendition.excerpt,
        "count": _count_json(rendition.count),
        "problems": list(rendition.problems),
        "parts": [
            {
                "text": part.text,
                "count": _count_json(part.count),
                "entities": [[e.kind.value, e.start, e.end, e.target] for e in part.entities],
                "fold_at": part.fold_at,
            }
            for part in rendition.parts
        ],
        "card": card_json(rendition.card) if rendition.card else None,
        "audience": rendition.audience,
        "warning": rendition.warning,
        "notes": list(rendition.notes),
        "cost_mills": rendition.cost_mills,
    }


def rendition_of(kept: Json) -> Rendition:
    return Rendition(
        account_id=kept["account_id"],
        network=kept["network"],
        title=kept["title"],
        html=kept["html"],
        payload=dict(kept["payload"]),
        pictures=tuple(
            RenderedPicture(name=picture["name"], digest=picture["digest"], mime=picture["mime"], alt=picture["alt"])
            for picture in kept["pictures"]
        ),
        tags=tuple(kept["tags"]),
        excerpt=kept["excerpt"],
        count=_count_of(kept["count"]),
        problems=tuple(kept["problems"]),
        parts=tuple(
            Part(
                text=part["text"],
                count=_count_of(part["count"]),
                entities=tuple(Entity(EntityKind(kind), *rest) for kind, *rest in part["entities"]),
                fold_at=part["fold_at"],
            )
            for part in kept.get("parts", ())
        ),
        card=card_of(kept["card"]) if kept.get("card") else None,
        audience=kept.get("audience", ""),
        warning=kept.get("warning", ""),
        notes=tuple(kept.get("notes", ())),
        cost_mills=kept.get("cost_mills", 0),
    )


def _count_json(count: Count) -> Json:
    return {"used": count.used, "limit": count.limit, "unit": count.unit}


def _count_of(kept: Json) -> Count:
    return Count(used=kept["used"], limit=kept["limit"], unit=kept["unit"])


def receipt_json(receipt: Receipt) -> Json:
    return {
        "remote_id": receipt.remote_id,
        "url": receipt.url,
        "sent_at": moment_json(receipt.sent_at),
        "note": receipt.note,
        "more_ids": list(receipt.more_ids),
    }


def receipt_of(kept: Json) -> Receipt:
    return Receipt(
        remote_id=kept["remote_id"],
        url=kept["url"],
        sent_at=moment_of(kept["sent_at"]),
        note=kept["note"],
        more_ids=tuple(kept.get("more_ids", ())),
    )


def span_json(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "field": span.field.value, "index": span.index}


def span_of(kept: Json) -> Span:
    return Span(start=kept["start"], end=kept["end"], field=Field(kept["field"]), index=kept["index"])


def finding_json(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "category": finding.category.value,
        "span": span_json(finding.span),
        "words": finding.words,
        "severity": finding.severity.value,
        "reason": finding.reason,
        "basis": list(finding.basis),
        "suggestions": [
            {"kind": suggestion.kind.value, "span": span_json(suggestion.span), "text": suggestion.text}
            for suggestion in finding.suggestions
        ],
        "clues": [span_json(clue) for clue in finding.clues],
        "by_rule": finding.by_rule,
        "sure": finding.sure,
    }


def finding_of(kept: Json) -> Finding:
    return Finding(
        rule=kept["rule"],
        category=Category(kept["category"]),
        span=span_of(kept["span"]),
        words=kept["words"],
        severity=Severity(kept["severity"]),
        reason=kept["reason"],
        basis=tuple(kept["basis"]),
        suggestions=tuple(
            Suggestion(kind=SuggestionKind(s["kind"]), span=span_of(s["span"]), text=s["text"])
            for s in kept["suggestions"]
        ),
        clues=tuple(span_of(clue) for clue in kept["clues"]),
        by_rule=kept.get("by_rule", True),
        sure=kept.get("sure", 0.0),
    )


def answer_json(answer: Answer) -> Json:
    return {"finding": finding_json(answer.finding), "code": answer.code, "note": answer.note}


def answer_of(kept: Json) -> Answer:
    return Answer(finding=finding_of(kept["finding"]), code=kept["code"], note=kept["note"])


def recorded_finding_json(finding: RecordedFinding) -> Json:
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity,
        "words": finding.words,
        "action": finding.action,
        "answer": finding.answer,
        "note": finding.note,
    }


def recorded_finding_of(kept: Json) -> RecordedFinding:
    return RecordedFinding(
        rule=kept["rule"],
        category=kept["category"],
        severity=kept["severity"],
        words=kept["words"],
        action=kept["action"],
        answer=kept["answer"],
        note=kept["note"],
    )


def allowance_json(allowance: Allowance) -> Json:
    return {
        "id": allowance.id,
        "scope": allowance.scope.value,
        "rule": allowance.rule,
        "hat": allowance.hat.value,
        "wording": allowance.wording,
        "made_at": moment_json(allowance.made_at),
        "draft_id": allowance.draft_id,
        "reason": allowance.reason,
    }


def allowance_of(kept: Json) -> Allowance:
    return Allowance(
        id=kept["id"],
        scope=Scope(kept["scope"]),
        rule=kept["rule"],
        hat=Hat(kept["hat"]),
        wording=kept["wording"],
        made_at=moment_of(kept["made_at"]),
        draft_id=kept["draft_id"],
        reason=kept["reason"],
    )


def text_map_json(values: Mapping[str, str]) -> Json:
    return dict(values)


def text_map_of(kept: Json) -> dict[str, str]:
    return {str(name): str(value) for name, value in kept.items()}


def _dumped(value: object, is_ascii: bool) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=is_ascii, allow_nan=False)
