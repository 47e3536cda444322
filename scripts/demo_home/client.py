"""Speak to a running Home Assistant the way its frontend does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Self

import aiohttp

type JSON = dict[str, Any]

USER = "demo"
PASSWORD = "demo"
REQUEST_TIMEOUT = aiohttp.ClientTimeout(total=60)


class HomeError(Exception):
    """Home Assistant did not do what it was asked for."""


class HomeClient:
    """A logged-in user of Home Assistant."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        """Remember where Home Assistant is."""
        self.url = url
        self.tokens: JSON = {}
        self._session = session

    @classmethod
    @asynccontextmanager
    async def connect(cls, url: str) -> AsyncIterator[Self]:
        """Log in, after the onboarding if that is still to be done."""
        async with aiohttp.ClientSession(timeout=REQUEST_TIMEOUT) as session:
            client = cls(session, url)
            if await client._is_onboarded():
                code = await client._login()
            else:
                code = await client._create_owner()
            await client._fetch_tokens(code)
            yield client

    @property
    def _client_id(self) -> str:
        """Return what the frontend calls itself."""
        return f"{self.url}/"

    @property
    def _headers(self) -> dict[str, str]:
        """Return the headers of a logged-in user, none before the login."""
        if not self.tokens:
            return {}
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}

    async def get(self, path: str) -> Any:
        """Read from the REST API."""
        return await self._request("GET", path)

    async def post(self, path: str, body: JSON) -> Any:
        """Send to the REST API."""
        return await self._request("POST", path, json=body)

    async def page(self, path: str) -> str:
        """Load a page of the frontend."""
        async with self._session.get(f"{self.url}{path}") as response:
            response.raise_for_status()
            return await response.text()

    @asynccontextmanager
    async def websocket(self) -> AsyncIterator[HomeSocket]:
        """Open the socket that the frontend gets its states from."""
        async with self._session.ws_connect(f"{self.url}/api/websocket") as socket:
            await socket.receive_json()
            token = self.tokens["access_token"]
            await socket.send_json({"type": "auth", "access_token": token})
            if (await socket.receive_json())["type"] != "auth_ok":
                raise HomeError("the websocket refused the access token")
            yield HomeSocket(socket)

    async def _request(self, method: str, path: str, **options: Any) -> Any:
        """Send a request and return the JSON of the answer."""
        async with self._session.request(
            method, f"{self.url}{path}", headers=self._headers, **options
        ) as response:
            if response.status >= HTTPStatus.BAD_REQUEST:
                text = (await response.text())[:300]
                raise HomeError(f"{method} {path}: {response.status} {text}")
            return await response.json()

    async def _is_onboarded(self) -> bool:
        """Tell whether there is a user already."""
        async with self._session.get(f"{self.url}/api/onboarding") as response:
            # Home Assistant has no onboarding any more once it has been through it.
            if response.status == HTTPStatus.NOT_FOUND:
                return True
            return all(step["done"] for step in await response.json())

    async def _create_owner(self) -> str:
        """Go through the onboarding and return a code for the first login."""
        owner = {
            "name": "Demo",
            "username": USER,
            "password": PASSWORD,
            "language": "en",
            "client_id": self._client_id,
        }
        answer = await self.post("/api/onboarding/users", owner)
        code: str = answer["auth_code"]
        return code

    async def _login(self) -> str:
        """Give user name and password, and return a code for the tokens."""
        start = {
            "client_id": self._client_id,
            "redirect_uri": self._client_id,
            "handler": ["homeassistant", None],
        }
        flow = await self.post("/auth/login_flow", start)
        answer = await self.post(
            f"/auth/login_flow/{flow['flow_id']}",
            {"client_id": self._client_id, "username": USER, "password": PASSWORD},
        )
        if answer["type"] != "create_entry":
            raise HomeError(
                f"user {USER} cannot log in; remove the folder .demo to start afresh"
            )
        code: str = answer["result"]
        return code

    async def _fetch_tokens(self, code: str) -> None:
        """Trade a code for tokens."""
        form = {
            "client_id": self._client_id,
            "grant_type": "authorization_code",
            "code": code,
        }
        self.tokens = await self._request("POST", "/auth/token", data=form)


class HomeSocket:
    """The websocket of a logged-in user."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Count the messages, as the protocol wants it."""
        self._socket = socket
        self._last_id = 0

    async def command(self, kind: str, **arguments: Any) -> Any:
        """Send a command and return its result."""
        self._last_id += 1
        message = {"id": self._last_id, "type": kind, **arguments}
        await self._socket.send_json(message)
        while True:
            answer = await self._socket.receive_json()
            if answer["id"] != self._last_id or answer["type"] != "result":
                continue
            if not answer["success"]:
                raise HomeError(f"{kind}: {answer['error']['message']}")
            return answer["result"]
