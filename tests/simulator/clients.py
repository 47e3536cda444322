"""Send requests as the vendors' pages document them, or with mistakes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
import itertools
import json
import time
from typing import Any

from aiohttp import ClientSession
from yarl import URL

from simulator import Simulator
from simulator.vendors.tencent_meeting.signature import signature, string_to_sign

ROOMS = "/v1/meeting-rooms"
NONCES = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold a response."""

    status: int
    text: str
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> int:
        """Return the error code of Tencent Meeting."""
        code: int = self.json["error_info"]["error_code"]
        return code


async def send(
    session: ClientSession,
    method: str,
    url: str,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Reply:
    """Send a request exactly as given."""
    async with session.request(
        method,
        URL(url, encoded=True),
        headers=headers,
        data=body,
        allow_redirects=False,
    ) as response:
        text = await response.text()
        is_json = text.startswith("{") and response.content_type == "application/json"
        parsed = await response.json() if is_json else None
        return Reply(response.status, text, parsed, dict(response.headers))


@dataclass(slots=True)
class TencentClient:
    """Send requests to Tencent Meeting, signed or with wrong headers."""

    sim: Simulator
    session: ClientSession
    prefix: str = ""

    def headers(
        self, target: str, method: str = "GET", body: str = "", **changed: str
    ) -> dict[str, str]:
        """Sign a request; an underscore in the name of a changed header is a hyphen."""
        account = self.sim.accounts.tencent_meeting
        headers = {
            "Content-Type": "application/json",
            "X-TC-Key": account.secret_id,
            "X-TC-Timestamp": str(int(time.time())),
            "X-TC-Nonce": str(next(NONCES)),
            "X-TC-Registered": "1",
            "AppId": account.app_id,
            "SdkId": account.sdk_id,
        }
        headers |= {name.replace("_", "-"): value for name, value in changed.items()}
        text = string_to_sign(
            method,
            target,
            body,
            secret_id=headers["X-TC-Key"],
            nonce=headers["X-TC-Nonce"],
            timestamp=headers["X-TC-Timestamp"],
        )
        return {"X-TC-Signature": signature(account.secret_key, text)} | headers

    def target(self, path: str, /, **query: str | int) -> str:
        """Return a target with the operator in its query."""
        operator = self.sim.accounts.tencent_meeting.operator_id
        parameters = {"operator_id": operator, "operator_id_type": "1"} | query
        return str(URL(path).with_query(parameters))

    async def get(self, path: str = ROOMS, /, **query: str | int) -> Reply:
        """Send a valid request."""
        target = self.target(path, **query)
        return await self.send(target, self.headers(target))

    async def get_text(self, path: str) -> str:
        """Send a valid request and return the body as text."""
        target = self.target(path)
        url = self.sim.url + self.prefix + target
        async with self.session.get(
            URL(url, encoded=True), headers=self.headers(target)
        ) as response:
            return await response.text()

    async def write(
        self, path: str, body: str | Mapping[str, Any], method: str = "POST"
    ) -> Reply:
        """Send a signed request with a body."""
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        headers = self.headers(path, method, text)
        url = self.sim.url + self.prefix + path
        return await send(self.session, method, url, headers, text.encode())

    async def get_with_headers(self, **headers: str) -> Reply:
        """Request the list with some headers changed."""
        target = self.target(ROOMS)
        return await self.send(target, self.headers(target, **headers))

    async def send(self, target: str, headers: Mapping[str, str]) -> Reply:
        """Send a request exactly as given."""
        url = self.sim.url + self.prefix + target
        return await send(self.session, "GET", url, headers)


@dataclass(slots=True)
class WecomClient:
    """Send requests to WeCom."""

    sim: Simulator
    session: ClientSession

    async def gettoken(
        self, corp_id: str | None = None, secret: str | None = None
    ) -> dict[str, Any]:
        """Fetch a token."""
        account = self.sim.accounts.wecom
        query = f"corpid={corp_id or account.corp_id}&corpsecret={secret or account.corp_secret}"
        reply = await send(
            self.session, "GET", f"{self.sim.url}/cgi-bin/gettoken?{query}"
        )
        answer: dict[str, Any] = reply.json
        return answer

    async def post(self, api: str, body: str = "{}", token: str | None = None) -> Reply:
        """Send a request with a new token or with a given one."""
        token = (await self.gettoken())["access_token"] if token is None else token
        path = api if "/" in api else f"meeting/rooms/{api}"
        url = f"{self.sim.url}/cgi-bin/{path}?access_token={token}"
        return await send(self.session, "POST", url, body=body.encode())


@dataclass(slots=True)
class QuanshiClient:
    """Send requests to Quanshi."""

    sim: Simulator
    session: ClientSession

    @property
    def host_id(self) -> int:
        """Return the host id as a number."""
        return int(self.sim.accounts.quanshi.user_id)

    async def post(
        self, path: str, body: Mapping[str, Any], token: str | None = None
    ) -> Reply:
        """Send a request with the account's token in the header or with a given one."""
        token = self.sim.accounts.quanshi.token if token is None else token
        async with self.session.post(
            f"{self.sim.url}/confopenapi/{path}", json=body, headers={"token": token}
        ) as response:
            return Reply(response.status, await response.text(), await response.json())
