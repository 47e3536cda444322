"""Start and stop the web server that simulates the vendors."""

import ipaddress
import socket
from types import TracebackType
from typing import Self

from aiohttp import web

from .accounts import Accounts, create_accounts
from .canaries import Canaries
from .clock import Clock
from .company.company import Company
from .control import BookingEndpoints, ControlEndpoints, WebhookEndpoints
from .enums import VendorName
from .faults import ActiveFaults
from .gateway import Gateway
from .request_log import RequestLog
from .vendors.quanshi.service import Quanshi
from .vendors.tencent_meeting.service import TencentMeeting
from .vendors.tencent_meeting.webhook import Webhook
from .vendors.vendor import Vendor
from .vendors.wecom.service import Wecom

LOOPBACK = "127.0.0.1"
MAX_BODY_SIZE = 16 * 1024 * 1024


class Simulator:
    """Simulate Tencent Meeting, WeCom and Quanshi for one company.

    ```
    async with Simulator(rooms=40, seed=1, speed=0) as sim:
        sim.company.change("tencent_meeting", "100001", status=4)
        sim.faults.add(Fault("http", vendor="wecom", status=502))
        ... client.get(sim.url + "/v1/meeting-rooms") ...
        assert sim.requests.count("tencent_meeting", "list") == 1
    ```
    `speed` is the speed of the simulated time: 1 is real time; 0 stops it, so that only
    `company.advance` changes it.
    """

    def __init__(
        self,
        *,
        rooms: int = 40,
        seed: int = 1,
        speed: float = 1,
        host: str = LOOPBACK,
        port: int = 0,
    ) -> None:
        """Create the company and the vendors; `start` serves them."""
        self.canaries = Canaries()
        self.accounts: Accounts = create_accounts(seed, self.canaries)
        host_id = int(self.accounts.quanshi.user_id)
        self.company = Company(rooms, seed, Clock(speed), self.canaries, host_id)
        self.faults = ActiveFaults()
        self.requests = RequestLog()
        self.tencent_meeting = TencentMeeting(
            self.company, self.accounts.tencent_meeting
        )
        self.webhook = Webhook(
            self.accounts.tencent_meeting, self.company.tencent_meeting
        )
        self.wecom = Wecom(self.company, self.accounts.wecom, self.canaries)
        self.quanshi = Quanshi(self.company, self.accounts.quanshi, self.canaries)
        self._host = loopback_only(host)
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Return the base URL of all vendors."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def truth(self) -> dict[str, dict[str, str]]:
        """Return the expected status of every room, by vendor and room id."""
        return self.company.truth()

    def set_response(
        self, vendor: str, api: str, room_id: str | None, body: str | None
    ) -> None:
        """Return a fixed body from one API (of one room); `None` removes it."""
        by_name = {each.name: each for each in self._vendors}
        by_name[VendorName(vendor)].set_response(api, room_id, body)

    async def __aenter__(self) -> Self:
        """Start the server."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server."""
        await self.stop()

    async def start(self) -> None:
        """Start the server; port 0 becomes a free port."""
        self._runner = web.AppRunner(
            self._app(), access_log=None, handler_cancellation=True, shutdown_timeout=2
        )
        await self._runner.setup()
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((self._host, self._port))
        self._port = listening.getsockname()[1]
        await web.SockSite(self._runner, listening).start()

    async def stop(self) -> None:
        """Stop the server and abort the requests that hang."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def _vendors(self) -> tuple[Vendor, ...]:
        """Return the simulated vendors."""
        return (self.tencent_meeting, self.wecom, self.quanshi)

    def _app(self) -> web.Application:
        """Return the web application with the control endpoints and the vendors."""
        gateway = Gateway(self._vendors, self.faults, self.requests)
        app = web.Application(client_max_size=MAX_BODY_SIZE)
        control = ControlEndpoints(
            self.company, self.accounts, self.faults, self.requests
        )
        app.add_routes(control.routes())
        app.add_routes(BookingEndpoints(self.company, self.webhook).routes())
        app.add_routes(WebhookEndpoints(self.webhook).routes())
        app.router.add_route("*", "/{path:.*}", gateway.handle)

        async def close(_: web.Application) -> None:
            """Release the responses that hang."""
            gateway.closing.set()

        app.on_shutdown.append(close)
        return app


def loopback_only(host: str) -> str:
    """Return the IP address of a host, and reject it unless it is loopback.

    The control endpoints have no authentication.
    """
    address = LOOPBACK if host == "localhost" else host
    if not ipaddress.ip_address(address).is_loopback:
        raise ValueError(f"the simulator listens on loopback only, not on {host}")
    return address
