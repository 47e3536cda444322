"""Test the validation of the account form."""

import pytest

from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from ..forms import fill_in, finish, open_form, suggested
from ..home import QUANSHI, TENCENT, WECOM, Home, credentials

UNUSABLE = {
    "invalid_url": [
        "http://api.meeting.qq.com",
        "http://192.0.2.7",
        "http://127.0.0.1.example.com",
        "http://[2001:db8::1]",
        "https://user:pass@api.meeting.qq.com",
        "https://user@api.meeting.qq.com",
        "https://",
        "https:///path",
        "https://api.meeting.qq.com:99999",
        "https://api.meeting.qq.com:port",
        "https://[::1",
        "ftp://api.meeting.qq.com",
        "//api.meeting.qq.com",
        "nonsense",
        "https://api meeting.qq.com",
    ],
    "url_without_scheme": [
        "api.meeting.qq.com",
        "api.meeting.qq.com:8443",
        "proxy.example.com/path",
        "会议.example.cn",
        "127.0.0.1",
    ],
    "url_with_query": [
        "https://api.meeting.qq.com?token=1",
        "https://api.meeting.qq.com/path?",
        "https://api.meeting.qq.com#part",
        "https://api.meeting.qq.com/#",
    ],
}


@pytest.mark.parametrize(
    ("error", "url"), [(error, url) for error, urls in UNUSABLE.items() for url in urls]
)
async def test_form_names_the_fault_of_an_unusable_address(
    home: Home, error: str, url: str
) -> None:
    """Send no credential to it, and accept the corrected form."""
    fields = credentials(home.sim, WECOM)
    form = await open_form(home.hass, WECOM)
    form = await fill_in(home.hass, form, fields | {"base_url": url})
    assert form["errors"] == {"base_url": error}
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
async def test_form_recognizes_the_address_of_a_single_api(
    home: Home, vendor: str, url: str
) -> None:
    """Send nothing to it, and accept the corrected form."""
    fields = credentials(home.sim, vendor)
    form = await open_form(home.hass, vendor)
    form = await fill_in(home.hass, form, fields | {"base_url": url})
    assert form["errors"] == {"base_url": "url_of_api"}
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
async def test_safe_addresses_are_used(
    aioclient_mock: AiohttpClientMocker, home: Home, url: str
) -> None:
    """Use any host over TLS, and this machine without TLS."""
    called = f"{url.rstrip('/')}/cgi-bin/gettoken"
    aioclient_mock.get(called, status=502)  # type: ignore[no-untyped-call]
    fields = credentials(home.sim, WECOM) | {"base_url": url}
    form = await fill_in(home.hass, await open_form(home.hass, WECOM), fields)
    assert form["errors"] == {"base": "cannot_connect"}
    assert aioclient_mock.call_count == 1


@pytest.mark.parametrize("user_id", ["abc", "12a", "-1", "1.5", "١٢", "12 34"])
async def test_user_id_of_a_host_is_a_number(home: Home, user_id: str) -> None:
    """Keep it as text; it is sent as a number."""
    fields = credentials(home.sim, QUANSHI)
    form = await open_form(home.hass, QUANSHI)
    form = await fill_in(home.hass, form, fields | {"user_id": user_id})
    assert form["errors"] == {"user_id": "not_a_number"}
    entry = await finish(home.hass, form, fields)
    assert entry.data["user_id"] == home.sim.accounts.quanshi.user_id


@pytest.mark.parametrize("secret", ["密码", "two words", "line\nbreak", "tab\tinside"])
async def test_form_rejects_characters_that_cannot_be_sent(
    home: Home, secret: str
) -> None:
    """Keep what was entered, so that it can be corrected."""
    fields = credentials(home.sim, TENCENT)
    form = await open_form(home.hass, TENCENT)
    form = await fill_in(home.hass, form, fields | {"secret_key": secret})
    assert form["errors"] == {"secret_key": "invalid_characters"}
    assert suggested(form)["secret_key"] == secret.strip()
    assert len(home.sim.requests) == 0
    await finish(home.hass, form, fields)


async def test_form_names_every_blank_field(home: Home) -> None:
    """Report all of them at once."""
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
async def test_empty_address_means_the_public_host(
    aioclient_mock: AiohttpClientMocker, home: Home, vendor: str, method: str, url: str
) -> None:
    """Show the host in the form, and do not store it."""
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
