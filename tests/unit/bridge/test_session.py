"""The draft on the desk: saved in time, checked in time, posted once."""

from dataclasses import replace
from datetime import timedelta

from twohats.model.approval import Answer
from twohats.model.finding import Severity, SuggestionKind
from twohats.model.identity import Hat
from twohats.model.policy import Scope

CLEAN = "Grief has no timetable. Three things that help, and where to find a group."
FAMILY = "My wife and I finally took that cruise."


def found(desk, qtbot, text, hat=Hat.PROFESSIONAL):
    with qtbot.waitSignal(
        desk.session.findings_changed, check_params_cb=lambda f: f.revision == desk.session.draft.revision, timeout=5000
    ):
        desk.session.edit_text(text)
    return desk.session.findings.of(hat).findings


def wait_until_posted(desk, qtbot):
    qtbot.waitUntil(lambda: bool(desk.session.pending), timeout=5000)
    return desk.session.pending[0]


def posts(desk):
    return [p for p in desk.folder.rglob("*.md") if ".twohats-trash" not in p.parts]


def hurry(desk, seconds=0):
    desk.owner.save_settings(replace(desk.owner.settings, undo_professional_s=seconds, undo_personal_s=seconds))


def test_a_draft_saves_itself(desk, qtbot):
    with qtbot.waitSignal(desk.session.saved, timeout=3000):
        desk.session.edit_text("Half a th")
    assert desk.house.services.drafts.get(desk.session.draft.id).text == "Half a th"


def test_steady_typing_does_not_put_saving_off(desk, qtbot):
    saved = []
    desk.session.saved.connect(saved.append)
    for n in range(30):
        desk.session.edit_text("word " * (n + 1))
        qtbot.wait(50)
    assert len(saved) >= 2


def test_an_empty_new_draft_leaves_no_trace(desk, qtbot):
    desk.session.new_draft()
    desk.session.choose_hat(Hat.PERSONAL)
    desk.session.save_now()
    assert desk.library.drafts() == []


def test_both_hats_are_checked_at_once(desk, qtbot):
    professional = found(desk, qtbot, FAMILY)
    assert [f.severity for f in professional] == [Severity.WARN]
    assert all(f.severity < Severity.WARN for f in desk.session.findings.personal.findings)


def test_findings_of_an_older_text_never_show(desk, qtbot):
    shown = []
    desk.session.findings_changed.connect(lambda f: shown.append((f.revision, desk.session.draft.revision)))
    for n in range(40):
        desk.session.edit_text(FAMILY + " " + "x" * n)
        qtbot.wait(15)
    qtbot.waitUntil(lambda: desk.session.findings.revision == desk.session.draft.revision, timeout=5000)
    assert shown
    assert all(of == at for of, at in shown)


def test_switching_the_hat_a_hundred_times_changes_only_the_hat(desk, qtbot):
    desk.session.edit_text(CLEAN)
    desk.session.tick(desk.owner.accounts(Hat.PROFESSIONAL)[0].id, False)
    before = desk.session.draft
    for n in range(100):
        desk.session.choose_hat(list(Hat)[n % 2])
    after = desk.session.draft
    assert (after.text, after.media, after.target_ids, after.title) == (
        before.text, before.media, before.target_ids, before.title,
    )  # fmt: skip


def test_both_faces_are_drawn_before_a_hat_is_chosen(desk, qtbot):
    with qtbot.waitSignal(
        desk.session.faces_changed, check_params_cb=lambda f: f.revision == desk.session.draft.revision, timeout=5000
    ):
        desk.session.edit_text(CLEAN)
    faces = desk.session.faces
    assert [len(faces.personal), len(faces.professional)] == [1, 1]
    assert "timetable" in faces.professional[0].rendition.html


def test_posting_without_a_hat_is_refused_in_words(desk, qtbot):
    desk.session.edit_text(CLEAN)
    with qtbot.waitSignal(desk.session.post_refused, timeout=5000) as refused:
        desk.session.ask_to_post()
    assert refused.args[0] == "no_hat"


def test_a_clean_post_meets_no_gate_and_nothing_leaves_before_its_time(desk, qtbot):
    gates = []
    desk.session.gate_opened.connect(gates.append)
    desk.session.edit_text(CLEAN)
    desk.session.choose_hat(Hat.PROFESSIONAL)
    desk.session.ask_to_post()
    pending = wait_until_posted(desk, qtbot)
    assert gates == []
    assert pending.window_s == 20
    assert desk.session.draft.is_empty
    qtbot.wait(300)
    assert posts(desk) == []
    with qtbot.waitSignal(desk.library.delivery_changed, timeout=5000):
        desk.session.send_now(pending.post_id)
    (file,) = posts(desk)
    assert "work" in file.parts
    assert desk.library.counts().sent == 1
    assert desk.library.drafts() == []


def test_undo_brings_the_draft_back_and_nothing_leaves(desk, qtbot):
    desk.session.edit_text(CLEAN)
    desk.session.choose_hat(Hat.PERSONAL)
    draft_id = desk.session.draft.id
    desk.session.ask_to_post()
    pending = wait_until_posted(desk, qtbot)
    desk.session.edit_text("Another post, begun meanwhile")
    other_id = desk.session.draft.id
    desk.session.undo_post(pending.post_id)
    assert (desk.session.draft.id, desk.session.draft.text) == (draft_id, CLEAN)
    assert desk.house.services.drafts.get(other_id).text == "Another post, begun meanwhile"
    assert {d.id for d in desk.library.drafts()} == {draft_id, other_id}
    qtbot.wait(200)
    assert posts(desk) == []


def test_the_gate_opens_and_an_edit_voids_what_was_reviewed(desk, qtbot):
    hurry(desk)
    desk.session.edit_text(FAMILY)
    desk.session.choose_hat(Hat.PROFESSIONAL)
    with qtbot.waitSignal(desk.session.gate_opened, timeout=5000) as gate:
        desk.session.ask_to_post()
    (finding,) = gate.args[0].open_findings
    desk.session.edit_text(FAMILY + " My husband hated it.")
    with qtbot.waitSignal(desk.session.gate_opened, timeout=5000) as second:
        desk.session.post_with((Answer(finding, "meant"),))
    assert len(second.args[0].open_findings) == 2
    assert posts(desk) == []


def test_with_a_reason_for_each_it_goes(desk, qtbot):
    from twohats.boundary.policy import rule_book

    hurry(desk)
    desk.session.edit_text(FAMILY)
    desk.session.choose_hat(Hat.PROFESSIONAL)
    with qtbot.waitSignal(desk.session.gate_opened, timeout=5000) as gate:
        desk.session.ask_to_post()
    (finding,) = gate.args[0].open_findings
    with qtbot.waitSignal(desk.library.delivery_changed, timeout=5000):
        desk.session.post_with((Answer(finding, rule_book()[finding.rule].answers[0], "They know her."),))
    (record,) = desk.library.records()
    assert [(f.rule, f.note) for f in record.findings if f.action == "answered"] == [(finding.rule, "They know her.")]


def test_an_allowance_shows_at_once_and_can_be_taken_back(desk, qtbot):
    (finding,) = found(desk, qtbot, FAMILY)
    desk.session.choose_hat(Hat.PROFESSIONAL)
    with qtbot.waitSignal(desk.session.allowed) as allowed:
        desk.session.allow(finding, Scope.WORDING, "meant")
    qtbot.waitUntil(lambda: desk.session.findings.of(Hat.PROFESSIONAL).findings == (), timeout=5000)
    desk.session.take_back(allowed.args[0].id)
    qtbot.waitUntil(lambda: len(desk.session.findings.of(Hat.PROFESSIONAL).findings) == 1, timeout=5000)


def test_a_suggestion_in_the_title_is_taken_there(desk, qtbot):
    desk.session.choose_hat(Hat.PROFESSIONAL)
    desk.session.edit_text(CLEAN)
    desk.session.edit_title("Rest well. My wife and I finally took that cruise.")
    qtbot.waitUntil(
        lambda: (
            desk.session.findings.revision == desk.session.draft.revision
            and bool(desk.session.findings.professional.findings)
        ),
        timeout=5000,
    )
    (finding,) = desk.session.findings.professional.findings
    suggestion = next(s for s in finding.suggestions if s.kind is not SuggestionKind.MOVE)
    desk.session.apply(suggestion)
    qtbot.waitUntil(lambda: desk.session.findings.revision == desk.session.draft.revision, timeout=5000)
    assert desk.session.findings.professional.findings == ()
    assert desk.session.draft.text == CLEAN


def test_discarding_is_undoable(desk, qtbot):
    desk.session.edit_text(CLEAN)
    draft_id = desk.session.draft.id
    with qtbot.waitSignal(desk.session.discarded):
        desk.session.save_now()
        desk.session.discard_draft()
    assert desk.library.drafts() == []
    assert [d.id for d in desk.library.drafts(deleted=True)] == [draft_id]
    desk.session.restore_draft(draft_id)
    assert desk.session.draft.text == CLEAN
    assert [d.id for d in desk.library.drafts()] == [draft_id]


def test_hostile_pastes_are_kept_and_checked(desk, qtbot):
    text = "\u202eMy wife\u202c \x00 👩🏽‍⚕️\u200b " + "long words " * 18_000
    found(desk, qtbot, text)
    desk.session.save_now()
    kept = desk.house.services.drafts.get(desk.session.draft.id).text
    assert kept == text.replace("\x00", "")


def test_a_full_disk_is_told_and_the_text_stays_on_the_desk(desk, qtbot):
    from twohats.model.errors import StoreFull

    def full(draft):
        raise StoreFull("store_full")

    # The store itself on a full disk is tested in its contract; here only what the desk makes of it.
    services = desk.session._services
    desk.session._services = replace(services, drafts=type("Full", (), {"save": staticmethod(full)})())
    with qtbot.waitSignal(desk.session.problem, timeout=5000) as told:
        desk.session.edit_text(CLEAN)
    assert told.args[0] == "store_full"
    assert desk.session.draft.text == CLEAN
    desk.session._services = services
    desk.session.save_now()
    assert desk.house.services.drafts.get(desk.session.draft.id).text == CLEAN


def test_the_own_home_address_is_known_as_soon_as_it_is_set(desk, qtbot):
    text = "Come by, 14 Larch Road, the blue house."
    desk.owner.save_settings(replace(desk.owner.settings, home_address="14 Larch Road, Westbrook"))
    (finding, *_) = found(desk, qtbot, text)
    assert (finding.rule, finding.severity) == ("S8", Severity.STOP)


def test_a_review_that_comes_late_never_posts_another_draft(desk, qtbot):
    desk.session.edit_text(FAMILY)
    desk.session.choose_hat(Hat.PROFESSIONAL)
    desk.session.ask_to_post()
    with qtbot.waitSignal(desk.session.post_refused, timeout=5000) as refused:
        desk.session.new_draft()
        desk.session.edit_text(CLEAN)
    assert refused.args[0] == "changed_meanwhile"
    assert desk.session.pending == ()


def test_a_key_between_post_and_queue_voids_the_post_and_is_kept(desk, qtbot):
    desk.session.edit_text(CLEAN)
    desk.session.choose_hat(Hat.PROFESSIONAL)
    desk.session.save_now()
    identity = desk.owner.identity(Hat.PROFESSIONAL)
    accounts = desk.owner.accounts(Hat.PROFESSIONAL)
    verdict = desk.house.services.reviewer.review(desk.session.draft, identity, accounts, desk.owner.policy)
    desk.session._posting._act_on(verdict)  # the review is home; the row is being written in its lane
    with qtbot.waitSignal(desk.session.post_refused, timeout=5000) as refused:
        desk.session.edit_text(CLEAN + " One more thing.")
    assert refused.args[0] == "changed_meanwhile"
    assert desk.session.draft.text.endswith("One more thing.")
    assert desk.library.queue() == []
    assert [d.id for d in desk.library.drafts()] == [desk.session.draft.id]


def test_a_clock_set_forward_does_not_cut_the_undo_window(desk, qtbot, monkeypatch):
    desk.session.edit_text(CLEAN)
    desk.session.choose_hat(Hat.PROFESSIONAL)
    desk.session.ask_to_post()
    pending = wait_until_posted(desk, qtbot)
    publisher = desk.house.services.publisher
    later = desk.house.services.clock() + timedelta(hours=2)
    monkeypatch.setattr(publisher, "_clock", lambda: later)
    desk.pump._services = replace(desk.house.services, clock=lambda: later)
    desk.pump.wake()
    qtbot.wait(300)
    assert posts(desk) == []
    desk.session.undo_post(pending.post_id)
    assert desk.session.draft.text == CLEAN


def test_what_cannot_be_saved_stays_on_the_desk(desk, qtbot):
    from twohats.model.errors import StoreFull

    def full(draft):
        raise StoreFull("store_full")

    desk.session.edit_text(CLEAN)
    services = desk.session._services
    desk.session._services = replace(services, drafts=type("Full", (), {"save": staticmethod(full)})())
    desk.session.new_draft()
    assert desk.session.draft.text == CLEAN
    desk.session._services = services


def test_a_restored_version_leaves_the_present_state_among_the_versions(desk, qtbot):
    desk.session.edit_text("First wording, as it was.")
    desk.session.save_now()
    desk.session.edit_text("x" * 300)
    desk.session.save_now()
    desk.session.edit_text("x" * 300 + " and a last word")
    desk.session.save_now()
    draft_id = desk.session.draft.id
    oldest = desk.library.versions(draft_id)[-1]
    desk.session.open_version(draft_id, oldest.number)
    assert desk.session.draft.text == "First wording, as it was."
    assert "x" * 300 + " and a last word" in [v.text for v in desk.library.versions(draft_id)]


def test_a_suggestion_for_words_that_moved_changes_nothing(desk, qtbot):
    desk.session.choose_hat(Hat.PROFESSIONAL)
    desk.session.edit_title("Rest well. My wife and I finally took that cruise.")
    desk.session.edit_text(CLEAN)
    qtbot.waitUntil(lambda: bool(desk.session.findings.professional.findings), timeout=5000)
    (finding,) = desk.session.findings.professional.findings
    desk.session.edit_title("Now: Rest well. My wife and I finally took that cruise.")
    desk.session.apply(finding.suggestions[0])
    assert desk.session.draft.title == "Now: Rest well. My wife and I finally took that cruise."


def written_elsewhere(desk, draft, text):
    """Another window writes on in the same draft."""
    services = desk.house.services
    assert services.drafts.save(replace(draft, text=text, revision=draft.revision + 50, edited_at=services.clock()))


def test_a_draft_that_another_window_wrote_to_is_kept_beside_ours(desk, qtbot):
    desk.session.edit_text("Begun here.")
    desk.session.save_now()
    theirs = desk.session.draft
    written_elsewhere(desk, theirs, "Gone on elsewhere.")
    with qtbot.waitSignal(desk.session.overtaken, timeout=3000) as told:
        desk.session.edit_text("Gone on here.")
    assert told.args == [theirs.id]
    qtbot.waitUntil(lambda: len(desk.library.drafts()) == 2, timeout=3000)
    drafts = desk.house.services.drafts
    assert drafts.get(theirs.id).text == "Gone on elsewhere."
    assert desk.session.draft.id != theirs.id
    assert drafts.get(desk.session.draft.id).text == desk.session.draft.text == "Gone on here."
    desk.session.edit_text("Gone on here, and further.")
    desk.session.open_draft(theirs.id)
    assert desk.session.draft.text == "Gone on elsewhere."
    assert {d.preview for d in desk.library.drafts()} == {"Gone on elsewhere.", "Gone on here, and further."}


def test_post_does_not_send_a_draft_that_was_just_overtaken(desk, qtbot):
    desk.session.edit_text(CLEAN)
    desk.session.choose_hat(Hat.PROFESSIONAL)
    desk.session.save_now()
    written_elsewhere(desk, desk.session.draft, "Gone on elsewhere.")
    desk.session.edit_text(f"{CLEAN} Two more.")
    told = []
    desk.session.overtaken.connect(told.append)
    desk.session.ask_to_post()
    qtbot.wait(300)
    assert len(told) == 1
    assert desk.session.pending == ()
    assert not desk.session.is_busy
    desk.session.ask_to_post()
    wait_until_posted(desk, qtbot)


def test_our_own_quicker_save_is_not_another_window(desk, qtbot):
    told = []
    desk.session.overtaken.connect(told.append)
    draft_id = desk.session.draft.id
    for n in range(20):
        desk.session.edit_text("word " * (n + 1))
        desk.session._autosave()
        desk.session.edit_title(f"Title {n}")
        desk.session.save_now()
    qtbot.wait(300)
    assert told == []
    assert desk.session.draft.id == draft_id
    assert len(desk.library.drafts()) == 1


def test_a_check_goes_on_after_keys_that_change_nothing_and_ends_after_those_that_do(desk, qtbot):
    desk.session.edit_text(FAMILY)
    courtesy, started = desk.house.services.courtesy, []
    give_way = courtesy.give_way

    def meet_the_check():
        if not started:
            started.append(None)
            desk.session.note_key()
        give_way()

    desk.house.boundary._give_way = meet_the_check
    qtbot.waitUntil(lambda: desk.session.findings.revision == desk.session.draft.revision, timeout=5000)
    assert started
    started.clear()
    with qtbot.assertNotEmitted(desk.session.findings_changed, wait=0):
        desk.session.edit_text(FAMILY + " Then")
        qtbot.waitUntil(lambda: bool(started), timeout=5000)
        desk.session.edit_text(FAMILY + " Then home.")
    qtbot.waitUntil(lambda: desk.session.findings.revision == desk.session.draft.revision, timeout=5000)
    assert desk.session.findings.professional.findings
