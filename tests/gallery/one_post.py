"""The screens of one post to social networks: its options, its wording for one account, and what became of it."""

import io
import time
from collections.abc import Callable
from unittest.mock import patch

from PIL import Image, ImageDraw
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from tests.fakes.rehearsed import RehearsedNetwork

from twohats.boundary.policy import rule_book
from twohats.bridge.owner import Owner
from twohats.bridge.services import Services
from twohats.flows.review import Verdict
from twohats.gui.main_window import MainWindow
from twohats.gui.sent.page import SentPage
from twohats.gui.sent.reactions import ReactionsPart
from twohats.model.account import account_of
from twohats.model.approval import Answer
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.ports import Reactions, Reply
from twohats.model.wording import LinkCard
from twohats.networks.link_card import FetchedCard

Shoot = Callable[[str], None]
_PAGE = "https://harbour-street.example.com/sleep-in-november"
_TEXT = (
    "Most of us sleep worse in November. Light, a walk at noon and a fixed hour for getting up help more than going to"
    " bed early.\n\nWhat helps least: looking at the clock. Turn it to the wall, and if you lie awake for longer than"
    " a quarter of an hour, get up and do something dull until you are tired.\n\nMore on the page of the practice: "
)


def walk(window: MainWindow, owner: Owner, services: Services, settle: Callable[[], None], shoot_both: Shoot) -> None:
    """Leaves the accounts as they were. `settle` waits until check and previews have caught up."""
    kept = []
    for network, label in (("linkedin", "Dr A. Lee"), ("x", "@dr_a_lee"), ("bluesky", "alee.example.com")):
        account = account_of(Hat.PROFESSIONAL, id=f"{network}-post", network=network, label=label, handle=label)
        services.profile.save_account(account)
        kept.append(account.id)
    owner.save_account_settings(kept[0])
    _options(window, kept, settle, shoot_both)
    _blog_first(window, owner, services, kept, settle, shoot_both)
    _own_words(window, kept, settle, shoot_both)
    _sent(window, services, settle, shoot_both)
    window.session.new_draft()
    for account_id in kept:
        owner.disconnect_account(account_id)


def _blog_first(
    window: MainWindow,
    owner: Owner,
    services: Services,
    kept: list[str],
    settle: Callable[[], None],
    shoot_both: Shoot,
) -> None:
    """The switch with its previews; then the queue, where the blog could not go and holds the others back."""
    session = window.session
    blog = next(one for one in owner.accounts(Hat.PROFESSIONAL) if one.network == "folder")
    before = blog.settings.get("site_url", "")
    owner.save_account_settings(blog.id, site_url="https://harbour-street.example.com")
    session.new_draft()
    session.choose_hat(Hat.PROFESSIONAL)
    for account_id in session.draft.target_ids - {blog.id, *kept}:
        session.tick(account_id, False)
    session.edit_title("Sleep in November")
    session.edit_text(_TEXT.partition("\n\nMore on")[0])
    session.options.put_blog_first(True)
    session.draft_opened.emit(session.draft)
    settle()
    shoot_both("blog-first")
    draft = session.draft
    accounts = [one for one in owner.accounts(Hat.PROFESSIONAL) if one.id in draft.target_ids]
    verdict = services.reviewer.review(draft, owner.identity(Hat.PROFESSIONAL), accounts, owner.policy)
    approval = services.reviewer.approve(verdict, [Answer(f, rule_book()[f.rule].answers[0]) for f in verdict.findings])
    made = services.publisher.queue_up(verdict, approval, 3600)
    leader = next(one for one in made if one.account_id == blog.id)
    held = leader.held("folder_not_writable", path="/home/amira/blog")
    services.queue.save(held, DeliveryState.WAITING)
    window.show_page("queue")
    settle()
    shoot_both("blog-first-held")
    services.publisher.cancel(leader.id)
    window.show_page("compose")
    owner.save_account_settings(blog.id, site_url=before)


def _options(window: MainWindow, kept: list[str], settle: Callable[[], None], shoot_both: Shoot) -> None:
    session, desk = window.session, window.workbench.desk
    session.new_draft()
    session.choose_hat(Hat.PROFESSIONAL)
    for account_id in session.draft.target_ids - set(kept):
        session.tick(account_id, False)
    for account_id in kept:
        session.tick(account_id, True)
    session.edit_text(_TEXT + _PAGE)
    session.draft_opened.emit(session.draft)
    settle()
    shoot_both("options-folded")
    desk.options.fold.click()
    session.options.set_warning("Sleeplessness")
    session.options.set_audience(kept[0], "CONNECTIONS")
    settle()
    shoot_both("options-open")
    desk.options.fold.click()
    session.options.number_parts(True)
    with patch("twohats.networks.link_card.fetch_card", _page_of):
        session.options.ask_for_card(_PAGE)
        settle()
    settle()
    shoot_both("options-set")
    desk.options.fold.click()
    shoot_both("options-card")
    desk.options.fold.click()


def _own_words(window: MainWindow, kept: list[str], settle: Callable[[], None], shoot_both: Shoot) -> None:
    desk = window.workbench.desk
    desk.targets.pen(kept[1]).click()
    settle()
    shoot_both("own-words-first")
    editor = desk.own_words.parts[0].editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, " My wife and I asked ourselves the same, and then we did it.")
    settle()
    desk.editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(desk.editor, "Good morning. ")
    settle()
    desk.editor.clearFocus()
    shoot_both("own-words")
    desk.own_words.close_button.click()


def _sent(window: MainWindow, services: Services, settle: Callable[[], None], shoot_both: Shoot) -> None:
    """A thread that X stopped half way, beside a post that was answered."""
    networks = services.networks
    assert isinstance(networks, dict)
    real = dict(networks)
    now = services.clock()
    replies = (
        Reply("Kim Okafor", "The clock, yes. Mine faces the wall now.", "https://example.com/1", now),
        Reply("Sam", "What about people who work nights?", "https://example.com/2", now),
    )
    networks["bluesky"] = RehearsedNetwork(
        real["bluesky"], reading=Reactions(likes=12, reposts=2, reply_count=2, replies=replies)
    )
    networks["linkedin"] = RehearsedNetwork(real["linkedin"])
    networks["x"] = RehearsedNetwork(real["x"], takes=1, cost_mills=6)
    session = window.session
    answered = session.gate_opened.connect(lambda verdict: session.post_with(answers(verdict)))
    records = services.records.count()
    session.ask_to_post()
    wait_for(lambda: services.records.count() > records)
    session.disconnect(answered)
    window.gate.close_sheet()
    for post in session.pending:
        session.send_now(post.post_id)
    post_id = services.records.search(limit=1)[0].post_id
    wait_for(lambda: all(one.attempts and one.state.value != "sending" for one in services.queue.of_post(post_id)))
    settle()
    window.show_page("sent")
    sent = window.page("sent")
    assert isinstance(sent, SentPage)
    sent.show_post(post_id)
    parts = sent.detail.findChildren(ReactionsPart)
    answered_part = next(part for part in parts if not part.cost)
    for part in parts:
        if not part.cost:
            part.look_button.click()
    wait_for(lambda: bool(answered_part.sentence) and all(p.look_button.isEnabled() or not p.sentence for p in parts))
    for part in parts:
        if part.replies:
            part.show_button.click()
    shoot_both("sent-social")
    scroll = sent._scroller.verticalScrollBar()
    scroll.setValue(scroll.maximum() // 2)
    shoot_both("sent-words")
    window.show_page("compose")
    networks.clear()
    networks.update(real)


def answers(verdict: Verdict) -> tuple[Answer, ...]:
    """The first reason that is offered, for each question."""
    return tuple(Answer(finding, rule_book()[finding.rule].answers[0]) for finding in verdict.open_findings)


def wait_for(condition: Callable[[], bool], limit_s: float = 30.0) -> None:
    """Lets the program go on until it is so. Raises TimeoutError."""
    deadline_s = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline_s:
            raise TimeoutError("the post did not get there")
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def _page_of(http: object, url: str) -> FetchedCard:
    """What a page would say of itself."""
    card = LinkCard(url, "Sleep in November", "Seven things that help, and two that do not.", "0" * 64, "image/jpeg")
    return FetchedCard(card, _picture())


def _picture() -> bytes:
    """A window at night."""
    picture = Image.new("RGB", (1200, 630), "#24304a")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((420, 120, 780, 520), fill="#3b4f7a")
    draw.ellipse((640, 170, 730, 260), fill="#f1e3b0")
    draw.line((600, 120, 600, 520), fill="#1b2338", width=14)
    draw.line((420, 320, 780, 320), fill="#1b2338", width=14)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()
