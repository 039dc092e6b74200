"""From draft to receipt, with the real check, the real store and a real blog folder."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twohats.app import House, open_house
from twohats.flows import compose
from twohats.flows.review import Verdict, VerdictKind
from twohats.model.account import Account, PersonalAccount, account_of
from twohats.model.approval import Answer
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft
from twohats.model.errors import MixedIdentities, NotApproved
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.policy import Allowance, Scope, normalise
from twohats.model.ports import NOT_THERE
from twohats.vault.keyring_vault import SessionVault

CLEAN = "Grief has no timetable. Three things that help, and where to find a group."
FAMILY = "My wife and I finally took that cruise."
SESSION = "A client told me today that she wants to leave him."
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_s(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(tmp_path: Path, clock: Clock) -> Iterator[House]:
    opened = open_house(tmp_path / "profile", SessionVault(), clock)
    yield opened
    opened.close()


@pytest.fixture
def blog(house: House, tmp_path: Path) -> Account:
    return house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "work", "hugo")


@pytest.fixture
def diary(house: House, tmp_path: Path) -> Account:
    return house.services.accounts.add_folder(Hat.PERSONAL, tmp_path / "home", "jekyll")


def written(house: House, text: str, hat: Hat | None, *accounts: Account) -> Draft:
    draft = compose.new_draft(house.services.new_id(), START, hat, (a.id for a in accounts))
    draft = compose.with_text(compose.with_title(draft, "A title", START), text, START)
    house.services.drafts.save(draft)
    return draft


def reviewed(house: House, draft: Draft, *accounts: Account) -> Verdict:
    identity = next((i for i in house.services.profile.identities() if i.hat is draft.hat), None)
    return house.services.reviewer.review(draft, identity, accounts, house.services.profile.policy())


def queued(house: House, draft: Draft, account: Account, window_s: int = 20) -> Delivery:
    verdict = reviewed(house, draft, account)
    approval = house.services.reviewer.approve(verdict, answers_to(verdict))
    (delivery,) = house.services.publisher.queue_up(verdict, approval, window_s)
    return delivery


def answers_to(verdict: Verdict) -> list[Answer]:
    from twohats.boundary.policy import answers_for

    return [Answer(f, answers_for(f.rule)[0]) for f in verdict.open_findings]


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.md") if ".twohats-trash" not in path.parts]


class TestReview:
    def test_a_clean_post_needs_no_answer(self, house, blog):
        verdict = reviewed(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog)
        assert verdict.kind is VerdictKind.CLEAR
        assert house.services.reviewer.approve(verdict).targets.accounts == (blog,)

    @pytest.mark.parametrize(
        ("text", "hat", "problem"),
        [(CLEAN, None, "no_hat"), ("", Hat.PROFESSIONAL, "empty"), (CLEAN, Hat.PERSONAL, "no_target")],
    )
    def test_what_cannot_go_is_told(self, house, text, hat, problem):
        draft = replace(written(house, text, hat), title="" if not text else "A title")
        verdict = reviewed(house, draft)
        assert verdict.kind is VerdictKind.BLOCKED
        assert problem in verdict.problems
        with pytest.raises(NotApproved):
            house.services.reviewer.approve(verdict)

    def test_an_open_finding_wants_a_reason_of_its_own_rule(self, house, blog):
        verdict = reviewed(house, written(house, f"{FAMILY} {SESSION}", Hat.PROFESSIONAL, blog), blog)
        assert verdict.kind is VerdictKind.NEEDS_ANSWERS
        assert {f.severity for f in verdict.open_findings} == {Severity.WARN, Severity.STOP}
        answers = answers_to(verdict)
        for given_answers in ([], answers[:1], [replace(a, code="because") for a in answers]):
            with pytest.raises(NotApproved):
                house.services.reviewer.approve(verdict, given_answers)
        approval = house.services.reviewer.approve(verdict, answers)
        assert approval.answers == tuple(answers)

    def test_own_life_is_silent_under_the_personal_hat_and_a_client_is_not(self, house, diary):
        personal = reviewed(house, written(house, FAMILY, Hat.PERSONAL, diary), diary)
        assert personal.kind is VerdictKind.CLEAR
        client = reviewed(house, written(house, SESSION, Hat.PERSONAL, diary), diary)
        assert client.open_findings[0].severity is Severity.STOP

    @pytest.mark.parametrize("field", ["title", "excerpt", "tag"])
    def test_every_field_is_checked(self, house, blog, field):
        draft = written(house, CLEAN, Hat.PROFESSIONAL, blog)
        draft = {
            "title": compose.with_title(draft, SESSION, START),
            "excerpt": compose.with_excerpt(draft, SESSION, START),
            "tag": compose.with_tags(draft, ["my wife and I are divorcing"], START),
        }[field]
        assert reviewed(house, draft, blog).kind is VerdictKind.NEEDS_ANSWERS

    def test_an_allowance_for_this_wording_lets_only_this_wording_pass(self, house, blog, clock):
        draft = written(house, FAMILY, Hat.PROFESSIONAL, blog)
        (finding,) = reviewed(house, draft, blog).open_findings
        allowance = Allowance(
            "x", Scope.WORDING, finding.rule, Hat.PROFESSIONAL, normalise(finding.words), clock(), reason="meant"
        )
        house.services.profile.add_allowance(allowance)
        assert reviewed(house, draft, blog).kind is VerdictKind.CLEAR
        other = written(house, "My daughter starts kindergarten Monday.", Hat.PROFESSIONAL, blog)
        assert reviewed(house, other, blog).kind is VerdictKind.NEEDS_ANSWERS
        house.services.profile.remove_allowance("x")
        assert reviewed(house, draft, blog).kind is VerdictKind.NEEDS_ANSWERS

    def test_a_part_of_the_check_that_fails_never_clears(self, house, blog, clock):
        from twohats.boundary.check import BoundaryChecker
        from twohats.boundary.policy import answers_for, rule_book
        from twohats.boundary.rule import Rule
        from twohats.flows.review import Reviewer

        def broken(sentence, surroundings):
            raise RuntimeError

        checker = BoundaryChecker((Rule("S1", broken, (), ()),), rule_book())
        reviewer = Reviewer(checker, house.services.renderer, answers_for, clock, house.services.new_id)
        draft = written(house, CLEAN, Hat.PROFESSIONAL, blog)
        identity = house.services.profile.identities()[1]
        verdict = reviewer.review(draft, identity, (blog,), house.services.profile.policy())
        assert verdict.kind is VerdictKind.NOT_CHECKED
        with pytest.raises(NotApproved):
            reviewer.approve(verdict)

    @pytest.mark.parametrize(
        ("less", "recorded"),
        [
            ({}, ""),
            ({"by_rules_only": True}, " rules only"),
            ({"language": "de", "other_languages": ("fr",)}, " contact details only in de fr"),
            (
                {"by_rules_only": True, "other_languages": ("fr", "it")},
                " rules only, contact details only in fr it",
            ),
        ],
        ids=["whole", "rules only", "not English", "partly not English"],
    )
    def test_it_is_recorded_where_the_check_saw_less(self, house, blog, clock, less, recorded):
        from twohats.boundary.policy import answers_for
        from twohats.flows.review import Reviewer

        whole = house.services.checker

        class Lesser:
            version = whole.version

            def check(self, draft, identity, policy):
                return replace(whole.check(draft, identity, policy), **{"by_rules_only": False, **less})

        reviewer = Reviewer(Lesser(), house.services.renderer, answers_for, clock, house.services.new_id)
        draft = written(house, CLEAN, Hat.PROFESSIONAL, blog)
        identity = house.services.profile.identities()[1]
        verdict = reviewer.review(draft, identity, (blog,), house.services.profile.policy())
        approval = reviewer.approve(verdict)
        assert approval.rules_version == f"{whole.version}{recorded}"
        house.services.publisher.queue_up(verdict, approval, 20)
        assert house.services.records.get(approval.post_id).checked_by == approval.rules_version

    def test_what_a_rule_from_outside_finds_can_be_answered(self, house, blog, clock):
        from twohats.boundary.check import BoundaryChecker
        from twohats.boundary.policy import answers_for, rule_book
        from twohats.boundary.rule import Hit, Rule
        from twohats.flows.review import Reviewer

        def find(sentence, surroundings):
            return [Hit(0, 3)]

        checker = BoundaryChecker((Rule("X1", find, (), ()),), rule_book())
        reviewer = Reviewer(checker, house.services.renderer, answers_for, clock, house.services.new_id)
        draft = written(house, CLEAN, Hat.PROFESSIONAL, blog)
        identity = house.services.profile.identities()[1]
        verdict = reviewer.review(draft, identity, (blog,), house.services.profile.policy())
        assert {finding.rule for finding in verdict.open_findings} == {"X1"}
        with pytest.raises(NotApproved):
            reviewer.approve(verdict)
        assert reviewer.approve(verdict, answers_to(verdict)).answers == tuple(answers_to(verdict))


class TestIdentitiesNeverMix:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        hat=st.sampled_from(list(Hat)),
        chosen=st.lists(st.tuples(st.sampled_from(list(Hat)), st.integers(0, 3)), max_size=4, unique=True),
    )
    def test_no_review_reaches_accounts_of_two_identities(self, house, hat, chosen):
        accounts = [
            account_of(
                owner, id=f"{owner.value}{n}", network="folder", label="Blog", settings={"path": "/x", "preset": "hugo"}
            )
            for owner, n in chosen
        ]
        draft = compose.with_text(compose.new_draft("d", START, hat, (a.id for a in accounts)), CLEAN, START)
        if any(account.hat is not hat for account in accounts):
            with pytest.raises(MixedIdentities):
                reviewed(house, draft, *accounts)
        else:
            verdict = reviewed(house, draft, *accounts)
            assert verdict.targets is not None
            assert {a.hat for a in verdict.targets.accounts} <= {hat}

    def test_the_wrong_identity_is_refused(self, house, blog):
        draft = written(house, CLEAN, Hat.PROFESSIONAL, blog)
        personal = house.services.profile.identities()[0]
        with pytest.raises(NotApproved):
            house.services.reviewer.review(draft, personal, (blog,), house.services.profile.policy())

    def test_an_account_that_changed_sides_since_gets_nothing(self, house, blog, tmp_path, clock):
        delivery = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog, 0)
        house.services.profile.delete_account(blog.id)
        house.services.profile.save_account(
            PersonalAccount(blog.id, "folder", "Diary", settings={"path": str(tmp_path / "home"), "preset": "hugo"})
        )
        moved = house.services.publisher.deliver(delivery.id)
        assert (moved.state, moved.problem) == (DeliveryState.HELD, "other_hat")
        assert files_in(tmp_path) == []


class TestPublishing:
    def test_nothing_is_written_before_the_undo_window_ends(self, house, blog, tmp_path, clock):
        delivery = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog)
        clock.pass_s(19.9)
        assert house.services.publisher.deliver(delivery.id) is None
        assert files_in(tmp_path) == []
        clock.pass_s(0.2)
        sent = house.services.publisher.deliver(delivery.id)
        assert sent.state is DeliveryState.SENT
        (file,) = files_in(tmp_path)
        assert CLEAN in file.read_text(encoding="utf-8")
        (record,) = house.services.records.search("timetable")
        assert [t.state for t in record.targets] == ["sent"]
        assert house.services.records.first_broken() is None

    def test_what_is_shown_is_what_is_written(self, house, blog, tmp_path, clock):
        draft = written(house, CLEAN, Hat.PROFESSIONAL, blog)
        verdict = reviewed(house, draft, blog)
        (shown,) = verdict.renditions
        delivery = queued(house, draft, blog, 0)
        assert delivery.rendition.digest == shown.digest
        house.services.publisher.deliver(delivery.id)
        (file,) = files_in(tmp_path)
        assert file.read_text(encoding="utf-8") in shown.payload.values()

    def test_the_disclaimer_of_the_card_stands_under_a_professional_post_and_no_other(self, house, blog, diary):
        identity = house.services.profile.identities()[1]
        words = "General information, no treatment by post."
        house.services.profile.save_identity(replace(identity, card=replace(identity.card, disclaimer=words)))
        for account in (blog, diary):
            verdict = reviewed(house, written(house, CLEAN, account.hat, account), account)
            (rendition,) = verdict.renditions
            assert (words in rendition.html) is (account.hat is Hat.PROFESSIONAL)
            assert any(words in value for value in rendition.payload.values()) is (account.hat is Hat.PROFESSIONAL)
            assert verdict.kind is VerdictKind.CLEAR

    def test_a_post_can_be_taken_back_in_its_window_and_not_after(self, house, blog, tmp_path, clock):
        first = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog)
        assert house.services.publisher.undo(first.post_id)
        clock.pass_s(60)
        assert house.services.publisher.deliver(first.id) is None
        second = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog, 0)
        house.services.publisher.deliver(second.id)
        assert not house.services.publisher.undo(second.post_id)
        assert len(files_in(tmp_path)) == 1

    def test_an_unwritable_folder_keeps_the_post_and_says_why(self, house, blog, tmp_path, clock):
        delivery = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog, 0)
        (tmp_path / "work").rename(tmp_path / "gone")
        moved = house.services.publisher.deliver(delivery.id)
        assert moved.problem
        assert moved.state in (DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.HELD)
        (tmp_path / "gone").rename(tmp_path / "work")
        clock.pass_s(3600)
        if moved.state is not DeliveryState.WAITING:
            house.services.publisher.try_again(delivery.id)
        assert house.services.publisher.deliver(delivery.id).state is DeliveryState.SENT
        assert len(files_in(tmp_path)) == 1

    def test_a_cut_off_delivery_is_looked_up_and_found(self, house, blog, tmp_path, clock):
        delivery = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog, 0)
        claimed = house.services.queue.claim(delivery.id, clock())
        house.services.publisher._attempt(claimed)  # the request got through, and nobody lived to note it
        (lost,) = house.services.publisher.recover()
        assert lost.state is DeliveryState.UNKNOWN
        assert house.services.publisher.deliver(delivery.id) is None
        assert house.services.publisher.look(delivery.id).state is DeliveryState.SENT
        assert len(files_in(tmp_path)) == 1

    def test_what_was_missed_while_the_program_was_closed_is_asked_about(self, house, blog, tmp_path, clock):
        delivery = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog)
        assert house.services.publisher.recover(own_posts={delivery.post_id}) == []
        (held,) = house.services.publisher.recover()
        assert (held.state, held.problem) == (DeliveryState.HELD, "missed")
        assert files_in(tmp_path) == []
        house.services.publisher.try_again(delivery.id)
        assert house.services.publisher.deliver(delivery.id).state is DeliveryState.SENT

    def test_a_person_can_settle_what_nobody_can_tell(self, house, blog, clock):
        delivery = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog, 0)
        house.services.queue.claim(delivery.id, clock())
        house.services.publisher.recover()
        settled = house.services.publisher.settle(delivery.id, has_arrived=True)
        assert settled.state is DeliveryState.SENT
        assert house.services.publisher.settle(delivery.id, has_arrived=False) is None
        assert NOT_THERE not in house.services.queue.steps(delivery.id)

    def test_what_a_person_looked_for_in_vain_is_noted_for_the_next_try(self, house, blog, clock):
        delivery = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog, 0)
        house.services.queue.claim(delivery.id, clock())
        house.services.publisher.recover()

        settled = house.services.publisher.settle(delivery.id, has_arrived=False)

        assert settled.state is DeliveryState.WAITING
        assert house.services.queue.steps(delivery.id)[NOT_THERE] == clock().isoformat()

    def test_take_down_removes_it_and_the_record_stays(self, house, blog, tmp_path):
        delivery = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog, 0)
        house.services.publisher.deliver(delivery.id)
        assert house.services.publisher.take_down(delivery.id).state is DeliveryState.TAKEN_DOWN
        assert files_in(tmp_path) == []
        (record,) = house.services.records.search("timetable")
        assert [t.state for t in record.targets] == ["taken_down"]

    def test_a_disconnected_account_holds_its_post(self, house, blog, tmp_path):
        delivery = queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog, 0)
        house.services.accounts.disconnect(blog.id)
        moved = house.services.publisher.deliver(delivery.id)
        assert (moved.state, moved.problem) == (DeliveryState.HELD, "account_gone")
        assert files_in(tmp_path) == []

    def test_a_new_stop_since_the_approval_holds_the_post(self, house, blog, tmp_path):
        draft = written(house, FAMILY, Hat.PROFESSIONAL, blog)
        delivery = queued(house, draft, blog, 0)
        house.services.profile.set_severity("S1", Hat.PROFESSIONAL, Severity.STOP)
        # The family fact was answered at the gate, so raising its rule does not hold it.
        assert house.services.publisher.deliver(delivery.id).state is DeliveryState.SENT
        clean = "Burnout has many faces. Wine helps none of them."
        late = written(house, clean, Hat.PROFESSIONAL, blog)
        held = queued(house, late, blog, 0)
        house.services.profile.set_severity("S11", Hat.PROFESSIONAL, Severity.STOP)
        house.services.drafts.save(compose.with_text(late, "My cat is my co-therapist.", START))
        moved = house.services.publisher.deliver(held.id)
        assert (moved.state, moved.problem) == (DeliveryState.HELD, "new_stop")

    def test_the_record_tells_what_was_weighed(self, house, blog):
        draft = written(house, FAMILY, Hat.PROFESSIONAL, blog)
        queued(house, draft, blog)
        (record,) = house.services.records.search("cruise")
        (finding,) = [f for f in record.findings if f.action == "answered"]
        assert finding.rule == "S1"
        assert finding.answer
        assert record.posted_as == house.services.profile.identities()[1].display_name


class TestTheSameWordsUnderBothHats:
    def test_within_a_day_they_are_noted_and_never_gated(self, house, blog, diary, clock):
        queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog, 0)
        clock.pass_s(23 * 3600)
        verdict = reviewed(house, written(house, CLEAN.upper(), Hat.PERSONAL, diary), diary)
        assert [(f.rule, f.severity) for f in verdict.findings] == [("H3", Severity.NOTE)]
        assert verdict.kind is VerdictKind.CLEAR
        clock.pass_s(2 * 3600)
        assert reviewed(house, written(house, CLEAN, Hat.PERSONAL, diary), diary).findings == ()

    def test_under_the_same_hat_they_are_not(self, house, blog):
        queued(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog, 0)
        assert reviewed(house, written(house, CLEAN, Hat.PROFESSIONAL, blog), blog).findings == ()
