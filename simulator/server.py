"""Start and stop the three vendors on one address."""

import ipaddress
import socket
from types import TracebackType
from typing import Self

from aiohttp import web

from .accounts import Accounts, open_accounts
from .canaries import Canaries
from .clock import Clock
from .control import Control
from .estate import Estate
from .faults import Faults
from .gateway import Gateway
from .request_log import RequestLog
from .vendors.quanshi.service import Quanshi
from .vendors.tencent_meeting.service import TencentMeeting
from .vendors.tencent_meeting.webhook import Webhook
from .vendors.wecom.service import Wecom
from .webhook_control import WebhookControl

LOOPBACK = "127.0.0.1"
BODY_MOST = 16 * 1024 * 1024


class Simulator:
    """Play Tencent Meeting, WeCom and Quanshi for one company.

    ```
    async with Simulator(rooms=40, seed=1, speed=0) as sim:
        sim.estate.change("tencent_meeting", "100001", status=4)
        sim.faults.add(Fault("http", vendor="wecom", status=502))
        ... client.get(sim.url + "/v1/meeting-rooms") ...
        assert sim.requests.count("tencent_meeting", "list") == 1
    ```
    `speed` is how fast the office lives: 1 as in life, 0 not at all (`estate.advance` moves it).
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
        """Build the company; nothing is served yet."""
        self.canaries = Canaries()
        self.accounts: Accounts = open_accounts(seed, self.canaries)
        host_id = int(self.accounts.quanshi.user_id)
        self.estate = Estate(rooms, seed, Clock(speed), self.canaries, host_id)
        self.faults = Faults()
        self.requests = RequestLog()
        self.tencent_meeting = TencentMeeting(
            self.estate, self.accounts.tencent_meeting
        )
        self.webhook = Webhook(
            self.accounts.tencent_meeting, self.estate.tencent_meeting
        )
        self.wecom = Wecom(self.estate, self.accounts.wecom, self.canaries)
        self.quanshi = Quanshi(self.estate, self.accounts.quanshi, self.canaries)
        self._host = loopback_only(host)
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Return the address to reach all vendors at."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def truth(self) -> dict[str, dict[str, str]]:
        """Return the right state of every room in words, by vendor and room id."""
        return self.estate.truth()

    async def __aenter__(self) -> Self:
        """Start serving."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving."""
        await self.stop()

    async def start(self) -> None:
        """Start serving; port 0 becomes a free one."""
        vendors = (self.tencent_meeting, self.wecom, self.quanshi)
        gateway = Gateway(vendors, self.faults, self.requests)
        app = web.Application(client_max_size=BODY_MOST)
        app.add_routes(Control(self.estate, self.faults, self.requests).routes())
        app.add_routes(WebhookControl(self.webhook).routes())
        app.router.add_route("*", "/{path:.*}", gateway.handle)

        async def close(_: web.Application) -> None:
            gateway.closing.set()

        app.on_shutdown.append(close)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=2
        )
        await self._runner.setup()
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((self._host, self._port))
        self._port = listening.getsockname()[1]
        await web.SockSite(self._runner, listening).start()

    async def stop(self) -> None:
        """Stop serving; calls that hang are cut off."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


def loopback_only(host: str) -> str:
    """Return the host as an address, or refuse it: there is no lock on this door."""
    address = LOOPBACK if host == "localhost" else host
    if not ipaddress.ip_address(address).is_loopback:
        raise ValueError(f"the simulator serves loopback only, not {host}")
    return address
