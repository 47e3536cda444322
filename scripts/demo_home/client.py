"""Use a running Home Assistant through the API of its frontend."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Self

import aiohttp

type JSON = dict[str, Any]

USER = "demo"
PASSWORD = "demo"
POLL_SECONDS = 0.5
REQUEST_TIMEOUT = aiohttp.ClientTimeout(total=60)


class HomeError(Exception):
    """Home Assistant failed, or did something unexpected."""


class HomeClient:
    """A logged-in user of Home Assistant."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        """Store the address of Home Assistant."""
        self.url = url
        self.tokens: JSON = {}
        self._session = session

    @classmethod
    @asynccontextmanager
    async def connect(
        cls, url: str, language: str, user: str = USER, password: str = PASSWORD
    ) -> AsyncIterator[Self]:
        """Log in; create the owner first, with areas in the language, if there is none."""
        async with aiohttp.ClientSession(timeout=REQUEST_TIMEOUT) as session:
            client = cls(session, url)
            if await client._is_onboarded():
                code = await client._login(user, password)
            else:
                code = await client._create_owner(language)
            await client._fetch_tokens(code)
            yield client

    @property
    def _client_id(self) -> str:
        """Return the client id that the frontend uses."""
        return f"{self.url}/"

    @property
    def _headers(self) -> dict[str, str]:
        """Return the headers of a logged-in user; none before the login."""
        if not self.tokens:
            return {}
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}

    async def wait_until_started(self) -> None:
        """Wait until Home Assistant has set up all integrations."""
        while (await self.get("/api/config"))["state"] != "RUNNING":
            await asyncio.sleep(POLL_SECONDS)

    async def refresh(self) -> None:
        """Fetch a new access token; one is valid for half an hour."""
        form = {
            "client_id": self._client_id,
            "grant_type": "refresh_token",
            "refresh_token": self.tokens["refresh_token"],
        }
        self.tokens |= await self._request("POST", "/auth/token", data=form)

    async def get(self, path: str) -> Any:
        """Send a GET request to the REST API."""
        return await self._request("GET", path)

    async def post(self, path: str, body: JSON) -> Any:
        """Send a POST request to the REST API."""
        return await self._request("POST", path, json=body)

    async def delete(self, path: str) -> Any:
        """Send a DELETE request to the REST API."""
        return await self._request("DELETE", path)

    async def page(self, path: str) -> str:
        """Load a page of the frontend."""
        async with self._session.get(f"{self.url}{path}") as response:
            response.raise_for_status()
            return await response.text()

    @asynccontextmanager
    async def websocket(self) -> AsyncIterator[HomeSocket]:
        """Open the websocket that the frontend uses."""
        async with self._session.ws_connect(f"{self.url}/api/websocket") as socket:
            await socket.receive_json()
            token = self.tokens["access_token"]
            await socket.send_json({"type": "auth", "access_token": token})
            if (await socket.receive_json())["type"] != "auth_ok":
                raise HomeError("the websocket refused the access token")
            yield HomeSocket(socket)

    async def choose_language(self, language: str) -> None:
        """Store the language in the user's profile, where the user can change it."""
        async with self.websocket() as socket:
            await socket.command(
                "frontend/set_user_data", key="language", value={"language": language}
            )

    async def _request(self, method: str, path: str, **options: Any) -> Any:
        """Send a request and return the JSON of the response."""
        async with self._session.request(
            method, f"{self.url}{path}", headers=self._headers, **options
        ) as response:
            if response.status >= HTTPStatus.BAD_REQUEST:
                text = (await response.text())[:300]
                raise HomeError(f"{method} {path}: {response.status} {text}")
            return await response.json()

    async def _is_onboarded(self) -> bool:
        """Return whether an owner exists."""
        async with self._session.get(f"{self.url}/api/onboarding") as response:
            # Home Assistant does not load the onboarding once it is complete.
            if response.status == HTTPStatus.NOT_FOUND:
                return True
            return all(step["done"] for step in await response.json())

    async def _create_owner(self, language: str) -> str:
        """Create the owner and return an authorization code."""
        owner = {
            "name": "Demo",
            "username": USER,
            "password": PASSWORD,
            "language": language,
            "client_id": self._client_id,
        }
        answer = await self.post("/api/onboarding/users", owner)
        code: str = answer["auth_code"]
        return code

    async def _login(self, user: str, password: str) -> str:
        """Submit user name and password, and return an authorization code."""
        start = {
            "client_id": self._client_id,
            "redirect_uri": self._client_id,
            "handler": ["homeassistant", None],
        }
        flow = await self.post("/auth/login_flow", start)
        answer = await self.post(
            f"/auth/login_flow/{flow['flow_id']}",
            {"client_id": self._client_id, "username": user, "password": password},
        )
        if answer["type"] != "create_entry":
            raise HomeError(
                f"user {user} cannot log in; start a new Home Assistant with --fresh"
            )
        code: str = answer["result"]
        return code

    async def _fetch_tokens(self, code: str) -> None:
        """Exchange an authorization code for tokens."""
        form = {
            "client_id": self._client_id,
            "grant_type": "authorization_code",
            "code": code,
        }
        self.tokens = await self._request("POST", "/auth/token", data=form)


class HomeSocket:
    """The websocket of a logged-in user."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Start counting the messages, as the protocol requires."""
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
