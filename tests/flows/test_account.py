"""Test what may be typed into the form of an account."""

import pytest

from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from ..forms import fill_in, finish, open_form, suggested
from ..home import QUANSHI, TENCENT, WECOM, Home, credentials

NOT_SAFE = [
    "http://api.meeting.qq.com",
    "http://192.0.2.7",
    "http://127.0.0.1.example.com",
    "http://[2001:db8::1]",
    "https://user:pass@api.meeting.qq.com",
    "https://user@api.meeting.qq.com",
    "https://api.meeting.qq.com?token=1",
    "https://api.meeting.qq.com/path?",
    "https://api.meeting.qq.com#part",
    "https://api.meeting.qq.com/#",
    "https://",
    "https:///path",
    "https://api.meeting.qq.com:99999",
    "https://api.meeting.qq.com:port",
    "https://[::1",
    "ftp://api.meeting.qq.com",
    "//api.meeting.qq.com",
    "api.meeting.qq.com",
    "127.0.0.1",
    "nonsense",
    "https://api meeting.qq.com",
]


@pytest.mark.parametrize("url", NOT_SAFE)
async def test_no_credential_goes_to_an_address_that_is_not_safe(
    home: Home, url: str
) -> None:
    """Nothing is sent; the mended form works."""
    fields = credentials(home.sim, WECOM)
    form = await open_form(home.hass, WECOM)
    form = await fill_in(home.hass, form, fields | {"base_url": url})
    assert form["errors"] == {"base_url": "invalid_url"}
    assert suggested(form)["base_url"] == url
    assert len(home.sim.requests) == 0
    await finish(home.hass, form, fields)


@pytest.mark.parametrize(
    ("vendor", "url"),
    [
        (TENCENT, "https://api.meeting.qq.com/v1"),
        (TENCENT, "https://api.meeting.qq.com/v1/meeting-rooms"),
        (WECOM, "https://qyapi.weixin.qq.com/cgi-bin/gettoken"),
        (QUANSHI, "https://proxy.example.com/path/confopenapi/room"),
    ],
)
async def test_the_address_of_a_call_is_told_from_that_of_the_service(
    home: Home, vendor: str, url: str
) -> None:
    """Nothing is sent to where no call would be answered; the mended form works."""
    fields = credentials(home.sim, vendor)
    form = await open_form(home.hass, vendor)
    form = await fill_in(home.hass, form, fields | {"base_url": url})
    assert form["errors"] == {"base_url": "url_of_call"}
    assert len(home.sim.requests) == 0
    await finish(home.hass, form, fields)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8080",
        "http://127.0.0.2",
        "http://[::1]:8080",
        "https://proxy.example.com/a/path",
        "https://192.0.2.7:8443/",
    ],
)
async def test_what_is_safe_is_called(
    aioclient_mock: AiohttpClientMocker, home: Home, url: str
) -> None:
    """Anything over TLS, and this machine without."""
    called = f"{url.rstrip('/')}/cgi-bin/gettoken"
    aioclient_mock.get(called, status=502)  # type: ignore[no-untyped-call]
    fields = credentials(home.sim, WECOM) | {"base_url": url}
    form = await fill_in(home.hass, await open_form(home.hass, WECOM), fields)
    assert form["errors"] == {"base": "cannot_connect"}
    assert aioclient_mock.call_count == 1


@pytest.mark.parametrize("user_id", ["abc", "12a", "-1", "1.5", "١٢", "12 34"])
async def test_a_hosts_user_id_is_a_number(home: Home, user_id: str) -> None:
    """It is kept as text and sent as a number, which anything else cannot be."""
    fields = credentials(home.sim, QUANSHI)
    form = await open_form(home.hass, QUANSHI)
    form = await fill_in(home.hass, form, fields | {"user_id": user_id})
    assert form["errors"] == {"user_id": "not_a_number"}
    entry = await finish(home.hass, form, fields)
    assert entry.data["user_id"] == home.sim.accounts.quanshi.user_id


@pytest.mark.parametrize("secret", ["密码", "two words", "line\nbreak", "tab\tinside"])
async def test_characters_that_cannot_be_sent_are_refused(
    home: Home, secret: str
) -> None:
    """They come from copying too much."""
    fields = credentials(home.sim, TENCENT)
    form = await open_form(home.hass, TENCENT)
    form = await fill_in(home.hass, form, fields | {"secret_key": secret})
    assert form["errors"] == {"secret_key": "invalid_characters"}
    assert "secret_key" not in suggested(form)
    assert len(home.sim.requests) == 0
    await finish(home.hass, form, fields)


async def test_every_field_that_was_left_blank_is_named(home: Home) -> None:
    """All at once."""
    blank = {"app_id": " ", "secret_id": "", "secret_key": "\t"}
    form = await fill_in(home.hass, await open_form(home.hass, TENCENT), blank)
    assert form["errors"] == dict.fromkeys(blank, "required")
    await finish(home.hass, form, credentials(home.sim, TENCENT))


@pytest.mark.parametrize(
    ("vendor", "method", "url"),
    [
        (TENCENT, "get", "https://api.meeting.qq.com/v1/meeting-rooms"),
        (WECOM, "get", "https://qyapi.weixin.qq.com/cgi-bin/gettoken"),
        (
            QUANSHI,
            "post",
            "https://openapi.quanshi.com/confopenapi/room/conference/list",
        ),
    ],
)
async def test_without_an_address_the_vendors_own_is_used(
    aioclient_mock: AiohttpClientMocker, home: Home, vendor: str, method: str, url: str
) -> None:
    """The form names it, and the account does not keep it."""
    aioclient_mock.request(method, url, status=502)  # type: ignore[no-untyped-call]
    fields = credentials(home.sim, vendor)
    del fields["base_url"]
    form = await open_form(home.hass, vendor)
    placeholders = form["description_placeholders"]
    assert placeholders is not None
    assert url.startswith(placeholders["default_base_url"] + "/")
    form = await fill_in(home.hass, form, fields)
    assert form["errors"] == {"base": "cannot_connect"}
    assert aioclient_mock.call_count == 1
