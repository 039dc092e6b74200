"""WordPress, the real one, on loopback."""

import html
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests
from tests.contract.networks_suite import NetworkContract, Place, a_draft
from tests.fakes.cutting_proxy import CuttingProxy
from tests.fakes.pictures import Pictures
from tests.servers.wordpress import WordPressServer, WordPressUser, wordpress

from twohats.model.account import account_of
from twohats.model.errors import OutcomeUnknown, Refused, SignedOut, Unreachable
from twohats.model.identity import Hat
from twohats.model.ports import Login
from twohats.model.receipt import Receipt
from twohats.networks.http import Http
from twohats.networks.sites import wordpress as wordpress_site
from twohats.networks.tools import NetworkTools

__all__ = ["wordpress"]  # the fixture


class WordPressPlace(Place):
    def __init__(self, server: WordPressServer, user: WordPressUser, api_root: str = "") -> None:
        self.server = server
        self.pictures = Pictures()
        self.network = wordpress_site.make(
            NetworkTools(self.pictures, lambda: datetime.now(UTC), Http(pause=lambda seconds: None))
        )
        settings = {"site_url": server.url, "api_root": api_root or f"{server.url}/wp-json/", "login": user.login}
        settings["user_id"] = server.php(f"echo get_user_by('login', '{user.login}')->ID;")
        self.login = self._login(settings, user.secret)

    def post_count(self) -> int:
        return int(self.server.php("echo wp_count_posts()->publish + wp_count_posts()->future;"))

    def page_of(self, receipt: Receipt) -> str:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(receipt.url, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as problem:
            with problem:
                return ""

    def lock_out(self) -> None:
        self.login = self._login(
            {**self.login.account.settings, "api_root": "http://127.0.0.1:9/wp-json/"}, self.login.secret
        )

    def raw(self, receipt: Receipt) -> dict[str, str]:
        code = f"$p = get_post({receipt.remote_id}); echo json_encode($p);"
        return dict(json.loads(self.server.php(code)))

    def tags_of(self, receipt: Receipt) -> list[str]:
        code = f"echo json_encode(wp_get_post_tags({receipt.remote_id}, ['fields'=>'names']));"
        return sorted(html.unescape(name) for name in json.loads(self.server.php(code)))

    @staticmethod
    def _login(settings: dict[str, str], secret: str) -> Login:
        return Login(
            account_of(Hat.PROFESSIONAL, id="w1", network="wordpress", label="Blog", settings=settings), secret
        )


@pytest.fixture
def place(wordpress: WordPressServer) -> WordPressPlace:
    return WordPressPlace(wordpress, wordpress.writer)


@pytest.fixture
def proxy(wordpress: WordPressServer) -> Iterator[CuttingProxy]:
    with CuttingProxy(wordpress.url) as between:
        yield between


@pytest.fixture
def far_place(wordpress: WordPressServer, proxy: CuttingProxy) -> WordPressPlace:
    return WordPressPlace(wordpress, wordpress.writer, f"{proxy.url}/wp-json/")


class TestWordPressContract(NetworkContract):
    @pytest.fixture
    def place(self, place: WordPressPlace) -> Place:  # type: ignore[override]
        return place


class TestPublishing:
    def test_everything_of_the_post_arrives(self, place: WordPressPlace) -> None:
        draft = a_draft(
            "Rest & <sleep>",
            "One & two\nthree [gallery] <b>four</b>",
            excerpt="In short & <plain>",
            tags=("Rest & more", "sleep"),
        )
        at = datetime.now(UTC) - timedelta(seconds=20)

        receipt = place.network.publish(place.rendition(draft, at), place.login, "key-all")

        raw = place.raw(receipt)
        assert html.unescape(raw["post_title"]) == "Rest & <sleep>"
        assert html.unescape(raw["post_excerpt"]) == "In short & <plain>"
        assert raw["post_name"] == "rest-sleep"
        assert raw["post_status"] == "publish"
        assert raw["post_date_gmt"] == f"{at:%Y-%m-%d %H:%M:%S}"
        assert place.tags_of(receipt) == ["Rest & more", "sleep"]
        page = place.page_of(receipt)
        body = page[page.index("<p>One ") :].split("</p>")[0]
        assert html.unescape(body) == "<p>One & two<br />\nthree [gallery] <b>four</b>"
        assert "<b>" not in body
        assert receipt.note == ""

    @pytest.mark.parametrize("title", ["Rest", "Trauer über Nacht"])
    def test_each_link_that_the_others_may_end_with_leads_to_the_post(self, place: WordPressPlace, title: str) -> None:
        receipt = place.network.publish(place.rendition(a_draft(title, "One sentence.")), place.login, f"key-{title}")
        account = place.login.account
        own = place.network.link_of(receipt, account, 500)
        short = place.network.link_of(receipt, account, len(f"{place.server.url}/?p={receipt.remote_id}"))

        assert own != short
        assert own.isascii()
        assert [title in place.page_of(replace(receipt, url=link)) for link in (own, short)] == [True, True]
        assert len(own) <= len(place.network.link_to_come(place.rendition(a_draft(title, "One sentence.")), account))

    def test_a_second_post_uses_the_tags_that_are_there(self, place: WordPressPlace) -> None:
        first = place.network.publish(place.rendition(a_draft("T1", tags=("Same & tag",))), place.login, "key-tag1")
        second = place.network.publish(place.rendition(a_draft("T2", tags=("same & TAG",))), place.login, "key-tag2")

        assert place.tags_of(first) == place.tags_of(second) == ["Same & tag"]

    def test_a_tag_that_somebody_else_makes_meanwhile_is_used(
        self, place: WordPressPlace, wordpress: WordPressServer
    ) -> None:
        wordpress.php("wp_insert_term('Grief', 'post_tag', ['slug'=>'sorrow']); wp_insert_term('Sorrow', 'post_tag');")

        receipt = place.network.publish(place.rendition(a_draft("T3", tags=("sorrow",))), place.login, "key-tag3")

        assert len(place.tags_of(receipt)) == 1

    def test_who_may_not_tag_publishes_without_and_is_told(self, wordpress: WordPressServer) -> None:
        wordpress.php("wp_insert_term('known', 'post_tag');")
        place = WordPressPlace(wordpress, wordpress.plain)

        receipt = place.network.publish(
            place.rendition(a_draft("No tags", tags=("known", "quite new"))), place.login, "key-plain"
        )

        assert place.tags_of(receipt) == []
        assert receipt.note == "tags_left_out: known, quite new"
        assert "rest" in place.page_of(receipt)

    def test_a_tag_longer_than_wordpress_keeps_is_left_out_and_told(self, place: WordPressPlace) -> None:
        receipt = place.network.publish(place.rendition(a_draft("Long", tags=("x" * 201, "ok"))), place.login, "key-lt")

        assert place.tags_of(receipt) == ["ok"]
        assert receipt.note.startswith("tags_left_out: xxx")

    def test_pictures_stand_in_the_text_with_addresses_and_alt_texts(
        self, place: WordPressPlace, wordpress: WordPressServer
    ) -> None:
        media = (place.pictures.draw("red", 'A "red" kite'), place.pictures.draw("blue", "Sea"))
        receipt = place.network.publish(place.rendition(a_draft("Pictures", media=media)), place.login, "key-pics")

        page = place.page_of(receipt)
        sources = re.findall(r'<img[^>]*wp-image-(\d+)[^>]*src="([^"]+)"', page)
        assert len(sources) == 2
        for number, address in sources:
            assert requests.get(address, timeout=30).headers["Content-Type"] == "image/jpeg"
            assert wordpress.php(f"echo get_post_meta({number}, '_wp_attachment_image_alt', true);") in (
                'A "red" kite',
                "Sea",
            )
        assert 'alt="A &quot;red&quot; kite"' in page
        assert "holiday" not in page

    def test_the_first_picture_is_the_featured_one_where_the_owner_wants_it(
        self, place: WordPressPlace, wordpress: WordPressServer
    ) -> None:
        account = place.login.account
        place.login = replace(place.login, account=replace(account, settings={**account.settings, "featured": "yes"}))
        draft = a_draft("Featured", media=(place.pictures.draw("red", "Kite"),))

        receipt = place.network.publish(place.rendition(draft), place.login, "key-featured")

        assert wordpress.php(f"echo get_post_thumbnail_id({receipt.remote_id}) > 0 ? 'yes' : 'no';") == "yes"

    def test_pictures_go_with_the_post_that_is_taken_down_and_others_stay(
        self, place: WordPressPlace, wordpress: WordPressServer
    ) -> None:
        theirs = place.network.publish(
            place.rendition(a_draft("Theirs", media=(place.pictures.draw("gold", "Gold"),))), place.login, "key-th"
        )
        ours = place.network.publish(
            place.rendition(a_draft("Ours", media=(place.pictures.draw("navy", "Navy"),))), place.login, "key-ou"
        )
        count = "echo wp_count_attachments('image/jpeg')->{'image/jpeg'} ?? 0;"
        before = int(wordpress.php(count))
        address = re.findall(r'<img[^>]*wp-image[^>]*src="([^"]+)"', place.page_of(ours))[0]

        place.network.delete(ours, place.login)

        assert int(wordpress.php(count)) == before - 1
        assert requests.get(address, timeout=30).status_code == 404
        assert "wp-image" in place.page_of(theirs)

    def test_a_file_that_wordpress_does_not_take_is_refused_before_anything_is_posted(
        self, place: WordPressPlace
    ) -> None:
        picture = place.pictures.draw("red", "Kite")
        draft = a_draft("Bad picture", media=(replace(picture, mime="application/x-unknown"),))
        before = place.post_count()

        with pytest.raises(Refused) as caught:
            place.network.publish(place.rendition(draft), place.login, "key-badpic")

        assert caught.value.code == "picture_refused"
        assert place.post_count() == before

    def test_plain_addresses_work_where_pretty_ones_are_off(self, wordpress: WordPressServer) -> None:
        place = WordPressPlace(wordpress, wordpress.writer, f"{wordpress.url}/?rest_route=/")
        rendition = place.rendition(a_draft("Plain addresses"))

        receipt = place.network.publish(rendition, place.login, "key-route")
        found = place.network.find(rendition, place.login, "key-route")

        assert found is not None
        assert found.remote_id == receipt.remote_id

    def test_who_may_not_publish_is_told_and_no_draft_is_left_behind(self, wordpress: WordPressServer) -> None:
        place = WordPressPlace(wordpress, wordpress.helper)
        draft = a_draft("May not")

        with pytest.raises(Refused) as at_sign_in:
            place.network.verify(place.login)
        with pytest.raises(Refused) as at_posting:
            place.network.publish(place.rendition(draft), place.login, "key-helper")

        assert at_sign_in.value.code == "may_not_publish"
        assert at_posting.value.code == "not_allowed"
        assert wordpress.php("echo count(get_posts(['name'=>'may-not','post_status'=>'any']));") == "0"

    def test_a_wrong_password_is_told(self, place: WordPressPlace) -> None:
        place.login = replace(place.login, secret="writer:abcd efgh ijkl mnop qrst uvwx")

        with pytest.raises(SignedOut):
            place.network.publish(place.rendition(a_draft()), place.login, "key-wrong")
        with pytest.raises(SignedOut) as caught:
            place.network.verify(place.login)
        assert caught.value.code == "login_refused"

    def test_verify_finds_the_interface_from_any_page_of_the_site(self, place: WordPressPlace) -> None:
        account = place.login.account
        typed = f" {place.server.url.removeprefix('http://')}/wp-admin/index.php?x=1 "
        login = replace(place.login, account=replace(account, settings={"site_url": typed}))

        profile = place.network.verify(login)

        settings = dict(profile.settings)
        assert profile.name == "Writer Example"
        assert settings["api_root"] == f"{place.server.url}/wp-json/"
        assert settings["site_url"] == place.server.url
        assert settings["site_title"] == "Two Hats test blog"
        assert settings["user_id"] == place.login.account.settings["user_id"]


class TestSigningOut:
    def test_a_revoked_login_is_no_longer_good(self, place: WordPressPlace, wordpress: WordPressServer) -> None:
        made = wordpress.php(
            "[$pw] = WP_Application_Passwords::create_new_application_password("
            f"get_user_by('login', '{wordpress.writer.login}')->ID, ['name' => 'to be revoked']); echo $pw;"
        )
        login = Login(place.login.account, f"{wordpress.writer.login}:{made}")
        place.network.verify(login)
        place.network.revoke(login)
        with pytest.raises(SignedOut):
            place.network.verify(login)
        place.network.revoke(login)  # again: nothing is left to do, and nobody complains


class TestNeverTwice:
    def test_a_post_that_was_taken_without_an_answer_is_found_once(
        self, far_place: WordPressPlace, proxy: CuttingProxy
    ) -> None:
        rendition = far_place.rendition(a_draft("Lost answer", media=(far_place.pictures.draw("red", "Kite"),)))
        before = far_place.post_count()
        proxy.lose_answer("POST", "/wp/v2/posts")

        with pytest.raises(OutcomeUnknown) as caught:
            far_place.network.publish(rendition, far_place.login, "key-lost-answer")
        found = far_place.network.find(rendition, far_place.login, "key-lost-answer")
        again = far_place.network.publish(rendition, far_place.login, "key-lost-answer")

        assert caught.value.code == "no_answer"
        assert found is not None
        assert "rest" in far_place.page_of(found)
        assert again.remote_id == found.remote_id
        assert far_place.post_count() == before + 1
        assert len([line for line in proxy.passed if line == "POST /wp-json/wp/v2/posts"]) == 1

    def test_a_post_that_never_arrived_is_not_found_and_goes_out_once(
        self, far_place: WordPressPlace, proxy: CuttingProxy
    ) -> None:
        rendition = far_place.rendition(a_draft("Lost request"))
        before = far_place.post_count()
        proxy.lose_request("POST", "/wp/v2/posts")

        with pytest.raises(OutcomeUnknown):
            far_place.network.publish(rendition, far_place.login, "key-lost-request")
        assert far_place.network.find(rendition, far_place.login, "key-lost-request") is None
        far_place.network.publish(rendition, far_place.login, "key-lost-request")

        assert far_place.post_count() == before + 1

    @pytest.mark.parametrize("what", ["tags", "media"])
    def test_a_lost_answer_before_the_post_costs_nothing_and_doubles_nothing(
        self, far_place: WordPressPlace, proxy: CuttingProxy, wordpress: WordPressServer, what: str
    ) -> None:
        tag = f"only once {what}"
        draft = a_draft(f"Early {what}", tags=(tag,), media=(far_place.pictures.draw("red", "Kite"),))
        rendition = far_place.rendition(draft)
        proxy.lose_answer("POST", f"/wp/v2/{what}")

        with pytest.raises(Unreachable):
            far_place.network.publish(rendition, far_place.login, f"key-early-{what}")
        receipt = far_place.network.publish(rendition, far_place.login, f"key-early-{what}")

        assert far_place.tags_of(receipt) == [tag]
        mark = wordpress_site._mark_of(f"key-early-{what}")
        query = f"select count(*) from wp_posts where post_name like 'image-1-{mark}%'"
        assert wordpress.php(f'global $wpdb; echo $wpdb->get_var("{query}");') == "1"

    def test_a_post_of_that_name_by_somebody_else_does_not_pass_for_ours(
        self, far_place: WordPressPlace, proxy: CuttingProxy, wordpress: WordPressServer
    ) -> None:
        wordpress.php(
            "wp_insert_post(['post_title'=>'Taken','post_name'=>'taken','post_status'=>'publish','post_author'=>1]);"
        )
        rendition = far_place.rendition(a_draft("Taken"))
        assert far_place.network.find(rendition, far_place.login, "key-taken") is None
        before = far_place.post_count()
        proxy.lose_answer("POST", "/wp/v2/posts")

        with pytest.raises(OutcomeUnknown):
            far_place.network.publish(rendition, far_place.login, "key-taken")
        found = far_place.network.find(rendition, far_place.login, "key-taken")

        assert found is not None
        assert far_place.raw(found)["post_name"] == f"taken-{wordpress_site._mark_of('key-taken')}"
        assert far_place.post_count() == before + 1

    def test_a_name_held_by_a_draft_that_we_may_not_see_does_not_hide_our_post(
        self, far_place: WordPressPlace, proxy: CuttingProxy, wordpress: WordPressServer
    ) -> None:
        wordpress.php(
            "wp_insert_post(['post_title'=>'Hidden','post_name'=>'hidden','post_status'=>'private','post_author'=>1]);"
        )
        rendition = far_place.rendition(a_draft("Hidden"))
        before = far_place.post_count()
        proxy.lose_answer("POST", "/wp/v2/posts")

        with pytest.raises(OutcomeUnknown):
            far_place.network.publish(rendition, far_place.login, "key-hidden")
        found = far_place.network.find(rendition, far_place.login, "key-hidden")

        assert found is not None
        assert far_place.raw(found)["post_name"] == "hidden-2"
        assert far_place.post_count() == before + 1

    @pytest.mark.parametrize("clock", ["an hour behind", "not told"])
    def test_a_site_whose_clock_is_behind_publishes_now_and_not_later(
        self, far_place: WordPressPlace, proxy: CuttingProxy, clock: str
    ) -> None:
        # The site believes that it is earlier than it is; or, the same to us, our clock is ahead of its own.
        if clock == "not told":
            proxy.dropped_headers.add("date")
        ahead = datetime.now(UTC) + timedelta(hours=1 if clock == "an hour behind" else 0)
        rendition = far_place.rendition(a_draft(f"Clock {clock}"), ahead)
        key = f"key-{clock}"
        proxy.lose_answer("POST", "/wp/v2/posts")

        with pytest.raises(OutcomeUnknown):
            far_place.network.publish(rendition, far_place.login, key)
        found = far_place.network.find(rendition, far_place.login, key)

        assert found is not None
        assert far_place.raw(found)["post_status"] == "publish"
        assert far_place.raw(found)["post_name"].endswith(wordpress_site._mark_of(key))
        assert far_place.network.publish(rendition, far_place.login, key).remote_id == found.remote_id

    def test_a_post_that_the_site_keeps_for_later_says_so(self, far_place: WordPressPlace, proxy: CuttingProxy) -> None:
        # A site that tells a wrong time in its answers: it takes our date for a future one after all.
        ahead = datetime.now(UTC) + timedelta(hours=1)
        proxy.changed_headers["Date"] = format_datetime(ahead, usegmt=True)

        receipt = far_place.network.publish(far_place.rendition(a_draft("Later"), ahead), far_place.login, "key-later")

        assert receipt.note == f"appears_later: {ahead:%Y-%m-%dT%H:%M:%S}"

    def test_a_lost_answer_while_taking_down_is_safe_to_repeat(
        self, far_place: WordPressPlace, proxy: CuttingProxy, wordpress: WordPressServer
    ) -> None:
        rendition = far_place.rendition(a_draft("Down twice", media=(far_place.pictures.draw("tan", "Tan"),)))
        receipt = far_place.network.publish(rendition, far_place.login, "key-down-twice")
        proxy.lose_answer("DELETE", "/wp/v2/posts")

        with pytest.raises(Unreachable):
            far_place.network.delete(receipt, far_place.login)
        far_place.network.delete(receipt, far_place.login)

        assert far_place.page_of(receipt) == ""
        mark = wordpress_site._mark_of("key-down-twice")
        assert wordpress.php(f"echo count(get_posts(['name'=>'image-1-{mark}','post_type'=>'attachment']));") == "0"

    def test_taking_down_works_where_the_trash_is_switched_off(
        self, place: WordPressPlace, wordpress: WordPressServer
    ) -> None:
        plugin = wordpress.folder / "content" / "mu-plugins" / "no-trash.php"
        receipt = place.network.publish(place.rendition(a_draft("No trash")), place.login, "key-no-trash")
        plugin.write_text("<?php add_filter('rest_post_trashable', '__return_false');")
        try:
            place.network.delete(receipt, place.login)
        finally:
            plugin.unlink()

        assert wordpress.php(f"echo get_post({receipt.remote_id}) === null ? 'gone' : 'there';") == "gone"
