"""The check: every rule over every sentence of every field and the tagger over the whole, joined, weighed for the hat,
folded to one finding a place."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache

from twohats.boundary import language, pattern, rewrite, rules, suggest
from twohats.boundary import policy as weighing
from twohats.boundary.adding_up import add_up
from twohats.boundary.joining import Heard, join
from twohats.boundary.policy import Card, RuleBook
from twohats.boundary.rule import ENGLISH, Hit, Rule, Sentence, Surroundings
from twohats.boundary.rules import h1_personal_signs
from twohats.boundary.sentences import Plain, plain, split
from twohats.boundary.tagger.reading import Tagger
from twohats.boundary.weighed import Counts, Found, Read, counts, fold, key_of, neighbours, place_of, to_field
from twohats.model.draft import Draft
from twohats.model.finding import CheckResult, Finding, Severity, Suggestion, SuggestionKind
from twohats.model.identity import Hat, Identity
from twohats.model.policy import Policy
from twohats.model.span import Field, Span

log = logging.getLogger(__name__)


def make_checker(enabled: Sequence[str] = (), give_way: Callable[[], None] = lambda: None) -> "BoundaryChecker":
    """The checker with our own rules, and those of the plug-ins enabled by name.

    `give_way` is called between the small steps: whoever checks beside something more urgent may wait in it, or end
    the check by raising."""
    return BoundaryChecker(rules.load(enabled), weighing.rule_book(), give_way)


class BoundaryChecker:
    """Meets model.ports.Checker. Pure, but for its cache: the same draft, identity and policy give the same answer.

    `tagger` may be given late, once it is loaded, from any thread; until then, and without one, the rules speak alone.
    """

    def __init__(
        self, rules_in_force: Sequence[Rule], book: RuleBook, give_way: Callable[[], None] = lambda: None
    ) -> None:
        self._rules = tuple(sorted(rules_in_force, key=lambda rule: place_of(rule.id)))
        self._book = book
        self._give_way = give_way
        self._version = rules.version(self._rules)
        self.tagger: Tagger | None = None
        self._alone = lru_cache(maxsize=_CACHED_SENTENCES)(self._look_alone)
        self._among = lru_cache(maxsize=_CACHED_SENTENCES)(self._look_among)
        self._fixes = lru_cache(maxsize=_REMEMBERED)(suggest.fixes)
        self._last: tuple[object, _Asked | None] = ((), None)

    @property
    def version(self) -> str:
        """Names the rules, their words and weights, and the tagger: another version may find other things."""
        return f"{self._version}+{self.tagger.version}" if self.tagger else self._version

    def check(self, draft: Draft, identity: Identity, policy: Policy) -> CheckResult:
        """Every crossing in the draft's text, title, excerpt, tags, alt texts and file names, by field and place.

        `complete` is False when a rule failed somewhere; the other rules' findings are still there. Paragraphs that are
        not English are heard by the rules for any language alone.
        """
        self._give_way()
        spoken, others = language.spoken_in(draft.text)
        asked = self._asked(draft, identity, policy, spoken)
        complete = True
        findings: list[Finding] = []
        for field, index, text in _fields(draft, identity.hat):
            if not text:
                continue
            self._give_way()
            found, whole = self._check_field(asked, field, index, text)
            findings += found
            complete = complete and whole
        gathered = h1_personal_signs.gathered(tuple(findings), identity.hat)
        return CheckResult(gathered, complete, asked.tagger is None, language=spoken, other_languages=others)

    def _asked(self, draft: Draft, identity: Identity, policy: Policy, spoken: str) -> "_Asked":
        """What bears on a whole check; that of the last one, with all that was tried then, where it is the same."""
        known = self._known(draft, identity, policy)
        tagger = self.tagger  # may come while a check goes on
        key = draft.id, identity, policy, known, spoken, tagger
        before, last = self._last
        if last is None or before != key:
            last = _Asked(draft.id, identity.hat, policy, Card(identity), known, spoken, tagger, {})
            self._last = key, last
        return last

    def _known(self, draft: Draft, identity: Identity, policy: Policy) -> Surroundings:
        return Surroundings(
            hat=identity.hat,
            card=identity.card.values(),
            own_names=weighing.own_names(identity),
            office_phone=identity.card.phone,
            office_email=identity.card.email,
            home_address=policy.home_address,
            has_picture=bool(draft.media),
        )

    def _check_field(self, asked: "_Asked", field: Field, index: int, text: str) -> tuple[list[Finding], bool]:
        read = self._read(asked, asked.tagger, field, text)
        kept = fold(read.found)
        findings = [self._finding(asked, field, index, text, read, found) for found in kept]
        return sorted(findings, key=lambda finding: (finding.span.start, finding.span.end)), read.complete

    def _read(
        self, asked: "_Asked", tagger: Tagger | None, field: Field, text: str, before: str = "", after: str = ""
    ) -> Read:
        """What the rules find in a text between two sentences, weighed and allowed for, not yet folded."""
        self._give_way()
        form = plain(text)
        self._give_way()
        places = split(form.text)
        self._give_way()
        spoken = language.by_sentence(form.text, places, asked.language)
        heard_as = spoken if field not in _NAMES else language.by_sentence(form.text, places, ENGLISH)
        words = [before, *(form.text[start:end] for start, end in places), after]
        heard: list[Heard] = []
        complete = True
        known = asked.known
        is_read = field not in _NAMES and bool(form.text)
        reading = tagger.begin(form.text, places) if tagger is not None and is_read else None
        for number in range(len(places)):
            self._give_way()
            if heard_as[number] != known.language:
                known = replace(known, language=heard_as[number])
            seen = self._look(words[number + 1], field, known, words[number], words[number + 2])
            complete = complete and seen.complete
            heard += (Heard(rule, hit, number) for rule, hit in seen.hits)
        if tagger is not None and reading is not None:
            self._give_way()
            told = reading()
            self._give_way()
            joined = join(heard, told, form.text, places, self._book, tagger.limits)
            self._give_way()
            joined = add_up(joined, told, places, form.text, tagger.limits)
            heard = [one for one in joined if one.by_rule or spoken[one.sentence] == ENGLISH]
        self._give_way()
        found = [weighed for one in heard if (weighed := self._weigh(asked, text, form, places, one))]
        return Read(form, places, words, spoken, found, complete)

    def _weigh(
        self, asked: "_Asked", text: str, form: Plain, places: Sequence[tuple[int, int]], one: Heard
    ) -> Found | None:
        """What a hit is worth to this owner under this hat; None when it is nothing, or allowed."""
        row = weighing.row_of(self._book, one.rule)
        begin = places[one.sentence][0]
        place = form.to_field(begin + one.hit.start, begin + one.hit.end)
        stretch = text[place[0] : place[1]]
        severity = weighing.severity_for(row, asked.hat, asked.policy, one.hit.severity)
        if severity is Severity.SILENT or asked.card.covers(stretch, one.hit.category or row.category):
            return None
        if weighing.is_allowed(row, stretch, asked.hat, asked.draft_id, asked.policy):
            return None
        return Found(row, one.hit, severity, *place, one.sentence, one.by_rule, one.sure)

    def _look(self, sentence: str, field: Field, known: Surroundings, before: str, after: str) -> "_Seen":
        """What each rule finds in one sentence. A rule that asks about the neighbours is heard again with them,
        so that an edit costs its own sentence, and of the sentences beside it only the rules that look across."""
        alone = self._alone(sentence, field, known)
        if not alone.askers:
            return alone
        among = self._among(sentence, field, known, before, after, alone.askers)
        return _Seen(alone.hits + among.hits, alone.complete and among.complete)

    def _look_alone(self, sentence: str, field: Field, known: Surroundings) -> "_Seen":
        bits = self._bits
        possible = pattern.possible(sentence)
        is_english = known.language == ENGLISH
        asked = [
            rule
            for rule in self._rules
            if (is_english or rule.any_language) and (rule.needs is None or bits[rule.id] & possible)
        ]
        return self._hear(asked, Sentence(sentence, field=field), _Unseen(known))

    @cached_property
    def _bits(self) -> Mapping[str, int]:
        """By rule, the bits of what it needs. Not made at the start: that builds every pattern's needs."""
        return {rule.id: rule.needs.bits for rule in self._rules if rule.needs is not None}

    def _look_among(
        self, sentence: str, field: Field, known: Surroundings, before: str, after: str, askers: tuple[Rule, ...]
    ) -> "_Seen":
        return self._hear(askers, Sentence(sentence, field=field), replace(known, before=before, after=after))

    def _hear(self, rules_asked: Sequence[Rule], sentence: Sentence, around: Surroundings) -> "_Seen":
        hits: list[tuple[str, Hit]] = []
        askers: list[Rule] = []
        complete = True
        for rule in rules_asked:
            self._give_way()
            try:
                found = tuple(rule.find(sentence, around))
                if any(not _is_within(hit, sentence.text) for hit in found):
                    raise ValueError("a hit lies outside its sentence")
            except _AsksNeighbours:
                askers.append(rule)
            except Exception as problem:  # a rule is a guest: its fault must not silence the others
                log.error("rule %s failed with %s", rule.id, type(problem).__name__)
                complete = False
            else:
                hits += ((rule.id, hit) for hit in found)
        return _Seen(tuple(hits), complete, tuple(askers))

    def _finding(self, asked: "_Asked", field: Field, index: int, text: str, read: Read, found: Found) -> Finding:
        self._give_way()
        reason = f"{found.row.rule}.{found.hit.reason}" if found.hit.reason else found.row.rule
        return Finding(
            rule=found.row.rule,
            category=found.hit.category or found.row.category,
            span=Span(found.start, found.end, field, index),
            words=text[found.start : found.end],
            severity=found.severity,
            reason=reason,
            basis=found.row.basis,
            suggestions=tuple(self._suggestions(asked, field, index, text, read, found)),
            clues=tuple(Span(*to_field(read, found, clue), field, index) for clue in found.hit.clues),
            by_rule=found.by_rule,
            sure=found.sure,
        )

    def _suggestions(
        self, asked: "_Asked", field: Field, index: int, text: str, read: Read, found: Found
    ) -> Iterator[Suggestion]:
        if field is not Field.FILE_NAME:
            offered: set[tuple[int, int, str]] = set()
            for kind, change in self._changes(asked, text, read, found):
                self._give_way()
                # Taking words out leaves the tagger nothing new to read; putting others in may.
                tagger = None if kind is SuggestionKind.DROP else asked.tagger
                if change in offered or not self._helps(asked, tagger, field, text, read, found, change):
                    continue
                offered.add(change)
                yield Suggestion(kind, Span(change[0], change[1], field, index), change[2])
        if found.row.rule[0] in _MOVABLE and asked.hat is Hat.PROFESSIONAL:
            yield Suggestion(SuggestionKind.MOVE, Span(found.start, found.end, field, index))

    def _changes(
        self, asked: "_Asked", text: str, read: Read, found: Found
    ) -> Iterator[tuple[SuggestionKind, tuple[int, int, str]]]:
        """First what the rule itself would put there, then what fits the category."""
        sentence = read.places[found.sentence]
        for fix in found.hit.fixes:
            if 0 <= fix.start < fix.end <= sentence[1] - sentence[0]:
                start, end = to_field(read, found, (fix.start, fix.end))
                change = rewrite.substitute(text, start, end, fix.text)
                if change is not None:
                    yield fix.kind, change
        given = {fix.kind for fix in found.hit.fixes}
        words = read.words[found.sentence + 1]
        before, after = neighbours(read, found.sentence)
        known = replace(asked.known, before=before, after=after, language=read.spoken[found.sentence])
        category = found.hit.category or found.row.category
        for fix in self._fixes(category, words, found.hit.start, found.hit.end, known):
            if fix.kind in given and fix.kind is not SuggestionKind.DROP:
                continue
            start, end = to_field(read, found, (fix.start, fix.end))
            is_whole = not fix.text and fix.end - fix.start == len(words)
            change = rewrite.without_sentence(text, start, end) if is_whole else rewrite.put(text, start, end, fix.text)
            if change is not None:
                yield fix.kind, change
        together = suggest.passage(read.form.text, read.places, found.sentence)
        if together is not None:
            start, end = read.form.to_field(read.places[together[0]][0], read.places[together[1]][1])
            change = rewrite.without_sentence(text, start, end)
            if change is not None:
                yield SuggestionKind.DROP, change

    def _helps(
        self,
        asked: "_Asked",
        tagger: Tagger | None,
        field: Field,
        text: str,
        read: Read,
        found: Found,
        change: tuple[int, int, str],
    ) -> bool:
        """Whether a change takes this finding away and brings no new one at warn or above.

        Only the sentences around the change are read again: no rule sees further than its neighbours.
        """
        first = last = found.sentence
        while first > 0 and change[0] < read.form.to_field(*read.places[first - 1])[1]:
            first -= 1
        while last + 1 < len(read.places) and read.form.to_field(*read.places[last + 1])[0] < change[1]:
            last += 1
        first, last = max(0, first - _REACH), min(len(read.places) - 1, last + _REACH)
        start = min(change[0], read.form.to_field(*read.places[first])[0])
        end = max(change[1], read.form.to_field(*read.places[last])[1])
        after = text[start : change[0]] + change[2] + text[change[1] : end]
        will_be = self._would_be(asked, tagger, field, after, read.words[first], read.words[last + 2])
        nearby = [one for one in read.found if first <= one.sentence <= last]
        was = counts(text, fold(nearby))
        key = key_of(text, found)
        if will_be.get(key, (0, found.severity))[0] >= was[key][0]:
            return False
        return all(
            severity < Severity.WARN or count <= was.get(other, (0, severity))[0]
            for other, (count, severity) in will_be.items()
        )

    def _would_be(
        self, asked: "_Asked", tagger: Tagger | None, field: Field, text: str, before: str, after: str
    ) -> Counts:
        """What would be found in a text between two sentences; remembered, since an edit leaves most of it as it is."""
        key = (tagger is None, field, text, before, after)
        counted = asked.tried.get(key)
        if counted is None:
            read = self._read(asked, tagger, field, text, before, after)
            counted = counts(text, fold(read.found))
            if len(asked.tried) >= _REMEMBERED:
                asked.tried.clear()
            asked.tried[key] = counted
        return counted


_CACHED_SENTENCES = 4096
_REMEMBERED = 512  # stretches with what could stand in their place, and as many changes
_REACH = 2  # sentences: those beside a change have a new neighbour, those beyond them do not
_MOVABLE = frozenset("SH")
_NAMES = frozenset((Field.TAG, Field.FILE_NAME))  # too short to be in a language


@dataclass(frozen=True, slots=True)
class _Asked:
    """What bears on every sentence of a check. `tried` is what changes would leave, by what they leave: it is kept for
    the next check while nothing else of this changes."""

    draft_id: str
    hat: Hat
    policy: Policy
    card: Card
    known: Surroundings
    language: str
    tagger: Tagger | None
    tried: dict[tuple[object, ...], Counts]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What rules found in one sentence; `askers` could not say without its neighbours."""

    hits: tuple[tuple[str, Hit], ...]
    complete: bool
    askers: tuple[Rule, ...] = ()


class _AsksNeighbours(BaseException):
    """Not an Exception: no rule can swallow it by chance."""


class _Unseen(Surroundings):
    """Surroundings whose neighbours may not be looked at."""

    __slots__ = ()

    def __init__(self, known: Surroundings) -> None:
        for name in _KNOWN_ALONE:
            object.__setattr__(self, name, getattr(known, name))

    def __getattr__(self, name: str) -> object:
        """Called for what has no value: the neighbours."""
        raise _AsksNeighbours


_NEIGHBOURS = frozenset(("before", "after"))
_KNOWN_ALONE = tuple(field.name for field in fields(Surroundings) if field.name not in _NEIGHBOURS)


def _fields(draft: Draft, hat: Hat) -> Iterator[tuple[Field, int, str]]:
    """All that can leave under a hat."""
    yield Field.TEXT, 0, draft.text
    yield Field.TITLE, 0, draft.title
    yield Field.EXCERPT, 0, draft.excerpt
    for index, tag in enumerate(draft.tags):
        yield Field.TAG, index, tag
    for index, media in enumerate(draft.media):
        yield Field.ALT, index, media.alt
    for index, media in enumerate(draft.media):
        yield Field.FILE_NAME, index, media.original_name
    yield Field.WARNING, 0, draft.warning
    index = 0
    for wording in draft.wordings:
        for part in wording.parts:
            if wording.hat is hat:
                yield Field.WORDING, index, part
            index += 1
    for index, _ in enumerate(draft.cards):
        yield Field.CARD, index, draft.field_text(Field.CARD, index)


def _is_within(hit: Hit, sentence: str) -> bool:
    stretches = ((hit.start, hit.end), *hit.clues)
    return all(0 <= start < end <= len(sentence) for start, end in stretches)
