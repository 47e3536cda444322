"""What may go wrong in a day, or just change: each kind begins, lasts and ends."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
import random
from typing import Any, Final

from simulator import Fault, FaultKind, Simulator
from simulator.permissions import Permissions

from .clock import Clock
from .home import Home

TENCENT: Final = "tencent_meeting"
WECOM: Final = "wecom"
QUANSHI: Final = "quanshi"
VENDORS: Final = (TENCENT, WECOM, QUANSHI)
LISTERS: Final = (TENCENT, WECOM)

APIS: Final[Mapping[str, Sequence[str]]] = {
    TENCENT: ("list", "details", "devices", "alarms", "controllers"),
    WECOM: ("gettoken", "list", "get_info", "list_devices", "list_controllers"),
    QUANSHI: ("list", "listAll", "getStatus", "dashboard"),
}
_CODES: Final[Mapping[str, Sequence[int]]] = {
    TENCENT: (41, 5108, 9042, 190001, 190004, 190300, 190301, 200002, 20201),
    WECOM: (-1, 40014, 40058, 42001, 48002, 48006, 60020),
    QUANSHI: (1, 500, 1001, 60006),
}
_LIMIT_CODES: Final[Mapping[str, Sequence[int]]] = {
    TENCENT: (9061, 190310, 190313),
    WECOM: (45009, 45033),
}
_REFUSED_CODES: Final[Mapping[str, int]] = {TENCENT: 190303, WECOM: 40001}
_DAY_LIMIT_CODE: Final = 190311
_HTML: Final = "<html><body><h1>Please log in</h1></body></html>"
SOON: Final = 300.0
WITHIN_THE_HOUR: Final = 3900.0
"""The longest that a vendor is left alone, or that a right is not asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where something happens, and by whose chance."""

    sim: Simulator
    home: Home
    clock: Clock
    vendor: str
    api: str | None
    chance: random.Random


type Happening = Callable[[Scene], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of trouble: to whom it may happen, how long it lasts, how fast it is forgotten."""

    happening: Happening
    vendors: Sequence[str] = VENDORS
    apis: Mapping[str, Sequence[str]] | None = field(default_factory=lambda: APIS)
    """The APIs that one incident may be limited to; None where it concerns all of them."""
    seconds: tuple[float, float] = (5.0, 600.0)
    forgotten_after: float = SOON


def _fault(kind: FaultKind, **said: Any) -> Happening:
    """Return what lets calls go wrong in one way."""

    @asynccontextmanager
    async def happening(scene: Scene) -> AsyncIterator[None]:
        """Put the fault in force, and take it back."""
        fault = Fault(kind, vendor=scene.vendor, api=scene.api, **said)
        scene.sim.faults.add(fault)
        yield
        scene.sim.faults.remove(fault)

    return happening


def _code(codes: Mapping[str, Sequence[int]]) -> Happening:
    """Return what lets a vendor answer one of its codes."""

    @asynccontextmanager
    async def happening(scene: Scene) -> AsyncIterator[None]:
        """Choose a code, and answer it for a while."""
        code = scene.chance.choice(codes[scene.vendor])
        async with _fault(FaultKind.VENDOR_CODE, code=code)(scene):
            yield

    return happening


@asynccontextmanager
async def _bad_room(scene: Scene) -> AsyncIterator[None]:
    """Print nonsense in place of one room."""
    room_id = scene.chance.choice(sorted(scene.sim.truth()[scene.vendor]))
    async with _fault(FaultKind.BAD_ROOM, room_id=room_id)(scene):
        yield


@asynccontextmanager
async def _server_down(scene: Scene) -> AsyncIterator[None]:
    """Refuse every connection to every vendor."""
    await scene.sim.stop()
    yield
    await scene.sim.start()


@asynccontextmanager
async def _credentials_refused(scene: Scene) -> AsyncIterator[None]:
    """Refuse the account's credentials."""
    if scene.vendor == QUANSHI:
        scene.sim.accounts.quanshi.token_expired = True
        yield
        scene.sim.accounts.quanshi.token_expired = False
        return
    code = _REFUSED_CODES[scene.vendor]
    async with _fault(FaultKind.VENDOR_CODE, code=code)(scene):
        yield


@asynccontextmanager
async def _right_withdrawn(scene: Scene) -> AsyncIterator[None]:
    """Withdraw the right to one API, or to all of them."""
    permissions: Permissions = {
        TENCENT: scene.sim.accounts.tencent_meeting.permissions,
        WECOM: scene.sim.accounts.wecom.permissions,
    }[scene.vendor]
    apis = () if scene.api is None else (scene.api,)
    permissions.revoke(*apis)
    yield
    permissions.grant(*apis)


@asynccontextmanager
async def _few_calls_a_minute(scene: Scene) -> AsyncIterator[None]:
    """Allow hardly any calls."""
    limits = scene.sim.accounts.tencent_meeting.limits
    allowed, limits.per_api = limits.per_api, 2
    yield
    limits.per_api = allowed


@asynccontextmanager
async def _address_not_trusted(scene: Scene) -> AsyncIterator[None]:
    """Trust no address any more."""
    scene.sim.accounts.wecom.trusted_ips = set()
    yield
    scene.sim.accounts.wecom.trusted_ips = None


@asynccontextmanager
async def _token_ended(scene: Scene) -> AsyncIterator[None]:
    """End the token before its time."""
    scene.sim.wecom.expire_tokens()
    yield


@asynccontextmanager
async def _reloaded(scene: Scene) -> AsyncIterator[None]:
    """Load the account anew, whatever it is doing."""
    await scene.home.reload(scene.vendor)
    yield


@asynccontextmanager
async def _restarted(scene: Scene) -> AsyncIterator[None]:
    """Restart Home Assistant, whatever it is doing."""
    await scene.home.restart()
    yield


@asynccontextmanager
async def _asleep(scene: Scene) -> AsyncIterator[None]:
    """Let the machine miss up to an hour."""
    scene.clock.passed += scene.chance.uniform(600, 3600)
    yield


FAULTS: Final[Mapping[str, Kind]] = {
    "connection reset": Kind(happening=_fault(FaultKind.RESET)),
    "connection refused": Kind(happening=_server_down, apis=None),
    "no answer": Kind(happening=_fault(FaultKind.HANG_BEFORE)),
    "half an answer, then silence": Kind(happening=_fault(FaultKind.HANG_WITHIN)),
    "truncated body": Kind(happening=_fault(FaultKind.TRUNCATE)),
    "body without end": Kind(happening=_fault(FaultKind.ENDLESS), seconds=(5, 90)),
    "502 in HTML": Kind(happening=_fault(FaultKind.HTTP)),
    "200 in HTML": Kind(happening=_fault(FaultKind.HTTP, status=200, body=_HTML)),
    "429": Kind(
        happening=_fault(FaultKind.HTTP, status=429), forgotten_after=WITHIN_THE_HOUR
    ),
    "429 with Retry-After": Kind(
        happening=_fault(FaultKind.HTTP, status=429, headers={"Retry-After": "45"}),
        forgotten_after=WITHIN_THE_HOUR,
    ),
    "empty 404": Kind(happening=_fault(FaultKind.EMPTY_404)),
    "invalid JSON": Kind(happening=_fault(FaultKind.INVALID_JSON)),
    "JSON of another shape": Kind(happening=_fault(FaultKind.WRONG_SHAPE)),
    "wrong types": Kind(happening=_fault(FaultKind.WRONG_TYPES)),
    "deep nesting": Kind(happening=_fault(FaultKind.DEEP_NESTING)),
    "one bad room": Kind(happening=_bad_room),
    "redirect": Kind(happening=_fault(FaultKind.REDIRECT)),
    "pages repeat": Kind(happening=_fault(FaultKind.REPEAT_PAGE), vendors=LISTERS),
    "cursor without end": Kind(
        happening=_fault(FaultKind.ENDLESS_CURSOR), vendors=LISTERS
    ),
    "rooms move between pages": Kind(
        happening=_fault(FaultKind.SHIFT_PAGE), vendors=LISTERS
    ),
    "code of the vendor": Kind(
        happening=_code(_CODES), forgotten_after=WITHIN_THE_HOUR
    ),
    "limit of the vendor": Kind(
        happening=_code(_LIMIT_CODES), vendors=LISTERS, forgotten_after=WITHIN_THE_HOUR
    ),
    "few calls a minute": Kind(
        happening=_few_calls_a_minute,
        vendors=(TENCENT,),
        apis=None,
        forgotten_after=WITHIN_THE_HOUR,
    ),
    "clock skew": Kind(
        happening=_fault(FaultKind.CLOCK, seconds=900), vendors=(TENCENT,)
    ),
    "token ended before every call": Kind(
        happening=_fault(FaultKind.TOKEN_EXPIRED), vendors=(WECOM,)
    ),
    "token ended": Kind(happening=_token_ended, vendors=(WECOM,), apis=None),
    "address not trusted": Kind(
        happening=_address_not_trusted, vendors=(WECOM,), apis=None
    ),
    "right withdrawn": Kind(
        happening=_right_withdrawn, vendors=LISTERS, forgotten_after=WITHIN_THE_HOUR
    ),
    "credentials refused": Kind(happening=_credentials_refused, apis=None),
    "machine asleep": Kind(happening=_asleep, apis=None, seconds=(0, 0)),
    "account reloaded": Kind(happening=_reloaded, apis=None, seconds=(0, 0)),
    "account reloaded again": Kind(happening=_reloaded, apis=None, seconds=(0, 0)),
    "Home Assistant restarted": Kind(happening=_restarted, apis=None, seconds=(0, 0)),
}
DAY_LIMIT: Final = Kind(
    happening=_fault(FaultKind.VENDOR_CODE, code=_DAY_LIMIT_CODE),
    vendors=(TENCENT,),
    apis=None,
    # The vendor's clock may be five minutes behind ours.
    forgotten_after=2 * SOON,
)
