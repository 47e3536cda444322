"""Test the address in the account form."""

import re

import pytest
from yarl import URL

from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from ..forms import fill_in, finish, open_form, placeholders_of, suggested
from ..home import QUANSHI, TENCENT, WECOM, Home, credentials

INVALID_ADDRESSES = {
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
        "https://xn--zzzzzz.cn",
        "https://会议..cn",
        "ftp://api.meeting.qq.com",
        "//api.meeting.qq.com",
        "nonsense",
        "https：//api.meeting.qq.com",
        "https://api meeting.qq.com",
        "https://api.meeting\t.qq.com",
        "https://api.meeting\u3000.qq.com",
    ],
    "url_without_scheme": [
        "api.meeting.qq.com",
        "api.meeting.qq.com:8443",
        "proxy.example.com/path",
        "api.meeting.qq.com?token=1",
        "localhost:8080",
        "proxy:8443/path",
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
    ("error", "url"),
    [(error, url) for error, urls in INVALID_ADDRESSES.items() for url in urls],
)
async def test_invalid_address_has_a_specific_error(
    home: Home, error: str, url: str
) -> None:
    """Send no request, keep the address in the form, and accept the corrected address."""
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
async def test_address_of_a_single_api_has_a_specific_error(
    home: Home, vendor: str, url: str
) -> None:
    """Send no request, and accept the corrected address."""
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
        "https://会议.example.cn",
        "https://xn--h6q1l.example.cn",
    ],
)
async def test_address_is_valid_with_https_or_on_this_machine(
    aioclient_mock: AiohttpClientMocker, home: Home, url: str
) -> None:
    """Accept an internationalized host name too."""
    any_token_url = re.compile(r".*/cgi-bin/gettoken\?.*")
    aioclient_mock.get(any_token_url, status=502)  # type: ignore[no-untyped-call]
    fields = credentials(home.sim, WECOM) | {"base_url": url}
    form = await fill_in(home.hass, await open_form(home.hass, WECOM), fields)
    assert form["errors"] == {"base": "cannot_connect"}
    ((_, sent, *_),) = aioclient_mock.mock_calls
    expected = URL(f"{url.rstrip('/')}/cgi-bin/gettoken")
    assert sent.with_query(None).human_repr() == expected.human_repr()


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
async def test_empty_address_is_the_public_host(
    aioclient_mock: AiohttpClientMocker, home: Home, vendor: str, method: str, url: str
) -> None:
    """Show the address of the host in the form."""
    aioclient_mock.request(method, url, status=502)  # type: ignore[no-untyped-call]
    fields = credentials(home.sim, vendor)
    del fields["base_url"]
    form = await open_form(home.hass, vendor)
    assert url.startswith(placeholders_of(form)["default_base_url"] + "/")
    form = await fill_in(home.hass, form, fields)
    assert form["errors"] == {"base": "cannot_connect"}
    assert aioclient_mock.call_count == 1
