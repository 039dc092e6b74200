"""Taking a post down where one place refuses: it is said beside that place, and can be tried again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.fakes.rehearsed import RehearsedNetwork
from tests.gui.desk import Desk, open_desk
from tests.gui.social import add_accounts

from twohats.gui.sent.page import SentPage
from twohats.model.delivery import DeliveryState
from twohats.model.errors import Unreachable
from twohats.model.identity import Hat
from twohats.model.ports import Login
from twohats.model.receipt import Receipt
from twohats.store.database import Store


class Shut(RehearsedNetwork):
    """Cannot be reached for a deletion until it is opened."""

    is_open = False

    def delete(self, receipt: Receipt, login: Login) -> None:
        if not self.is_open:
            raise Unreachable("host_silent", host="x.example.com")
        super().delete(receipt, login)


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        made.add_folders()
        yield made


def test_a_place_that_refused_says_so_and_can_be_tried_again(desk: Desk) -> None:
    networks = desk.services.networks
    assert isinstance(networks, dict)
    shut, linkedin = Shut(networks["x"]), RehearsedNetwork(networks["linkedin"])
    networks.update(x=shut, linkedin=linkedin)
    page = SentPage(desk.theme, desk.library)
    desk.show(page)
    desk.session.new_draft()
    desk.session.choose_hat(Hat.PROFESSIONAL)
    add_accounts(desk, Hat.PROFESSIONAL, "x", "linkedin")
    desk.owner.save_settings(replace(desk.owner.settings, undo_professional_s=0))
    desk.session.edit_text("Sleep is a skill that can be learned.")
    desk.session.ask_to_post()
    desk.wait_for(lambda: desk.library.counts().records == 1)
    post_id = desk.library.records(limit=1)[0].post_id
    desk.wait_for_state(post_id, DeliveryState.SENT)
    desk.wait_for(lambda: {one.state for one in desk.library.deliveries(post_id)} == {DeliveryState.SENT})
    stays = next(one for one in desk.library.deliveries(post_id) if one.rendition.network == "x")
    page.show_post(post_id)
    page.detail.take_down_button.click()
    page.detail.sure_button.click()
    desk.wait_for(lambda: bool(linkedin.deleted))
    desk.wait_for(lambda: not page.detail.left_standing[stays.id].isHidden())
    assert page.detail.left_standing[stays.id].text().startswith("Not taken down: ")
    assert page.detail.sure_button.isEnabled()
    shut.is_open = True
    page.detail.take_down_button.click()
    page.detail.sure_button.click()
    desk.wait_for(lambda: {one.state for one in desk.library.deliveries(post_id)} == {DeliveryState.TAKEN_DOWN})
    assert linkedin.deleted == ["id-0"]
    assert shut.deleted == ["id-0"]
