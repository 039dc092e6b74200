"""Connecting a WordPress site: consent in the person's own browser, and back to this computer."""

import uuid
from urllib.parse import urlencode

from twohats.model.errors import NetworkError, Refused, SignedOut, Unreachable
from twohats.model.ports import Browser, Grant, Login
from twohats.networks.http import BasicLogin, Http, host_of
from twohats.networks.loopback import Loopback
from twohats.networks.wordpress_site import Api, Site, discover, is_same_site, login_of

# Names this program among the application passwords of a site; any UUID does, as long as it stays.
_APP_ID = "7d1c3f0e-5b0a-4f0e-9c55-2f9b6b1d8a41"
_PASSWORDS = "users/me/application-passwords"
_WAIT_S = 600.0
_DONE = "You can close this page and go back to Two Hats."
_NOT_DONE = "Nothing was connected. You can close this page and go back to Two Hats."


def ask_in_browser(typed_site: str, browser: Browser, http: Http | None = None, wait_s: float = _WAIT_S) -> Grant:
    """Opens the site's consent page and waits for what it sends back: the site as setting "site_url", and the secret
    ("name:application password"). Blocks, until `browser` is stopped.

    Raises what `discover` raises, and Refused with "app_passwords_off", "connect_by_paste" (the page that was opened
    shows the password; this WordPress is too old to send it back), "connect_refused", "connect_cancelled" or
    "other_site", and Unreachable("connect_timed_out").
    """
    http = http or Http()
    site = discover(http, typed_site)
    host = host_of(site.home)
    if not site.authorize_url:
        raise Refused("app_passwords_off", host=host)
    number = uuid.uuid4().hex[:4]
    if not site.comes_back:
        browser.open(_consent_page(site, {"app_name": f"Two Hats {number}", "app_id": _APP_ID}))
        raise Refused("connect_by_paste", host=host)
    with Loopback(_DONE, _NOT_DONE) as loopback:
        asked = {
            "app_name": f"Two Hats {number}",
            "app_id": _APP_ID,
            "success_url": loopback.success_url,
            "reject_url": loopback.reject_url,
        }
        browser.open(_consent_page(site, asked))
        given = loopback.wait(wait_s, browser)
    if given is None:
        raise Refused("connect_cancelled") if browser.is_stopped else Unreachable("connect_timed_out", host=host)
    login = BasicLogin(given.get("user_login", ""), given.get("password", ""))
    if not (login.name and login.password):
        raise Refused("connect_refused", host=host)
    if not is_same_site(given.get("site_url", ""), site.url):
        raise Refused("other_site", host=host)
    fresh = _renewed(Api(http, site.api_root, login), f"Two Hats {number}, on this computer")
    return Grant(settings={"site_url": site.home}, secret=f"{fresh.name}:{fresh.password}")


def revoke(login: Login, http: Http | None = None) -> None:
    """Has the site forget the application password. One that it knows no more is fine. Raises NetworkError."""
    api = Api(http or Http(), login.account.settings.get("api_root", ""), login_of(login.secret))
    try:
        answer = api.write("DELETE", f"{_PASSWORDS}/{_own_uuid(api)}")
        if answer.status not in (401, 404):
            answer.require_success()
    except SignedOut:
        return


def _consent_page(site: Site, asked: dict[str, str]) -> str:
    mark = "&" if "?" in site.authorize_url else "?"
    return f"{site.authorize_url}{mark}{urlencode(asked)}"


def _renewed(api: Api, name: str) -> BasicLogin:
    """A password that never was in an address, in place of the one that came through the browser.

    The old one stays when the site does not play along.
    """
    try:
        old = _own_uuid(api)
        made = api.write("POST", _PASSWORDS, json={"name": name, "app_id": _APP_ID})
        made.require_success()
        data = made.data()
        password = data.get("password") if isinstance(data, dict) else None
        if not (old and isinstance(password, str) and password):
            return api.login
        fresh = BasicLogin(api.login.name, password)
    except NetworkError:
        return api.login
    try:
        Api(api.http, api.root, fresh).write("DELETE", f"{_PASSWORDS}/{old}").require_success()
    except SignedOut:
        return api.login
    except NetworkError:
        pass
    return fresh


def _own_uuid(api: Api) -> str:
    data = api.read(f"{_PASSWORDS}/introspect").data()
    found = data.get("uuid") if isinstance(data, dict) else None
    return found if isinstance(found, str) else ""
