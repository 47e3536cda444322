"""Let people and tests look behind the scenes and change things over HTTP."""

from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

from aiohttp import web

from .estate import Estate
from .faults import Fault, Faults
from .request_log import RequestLog
from .vendor import VendorName

BASE = "/_control"
HELP = """The simulator's control panel (vendors: tencent_meeting, wecom, quanshi)

GET    /_control/                              this page
GET    /_control/truth                         the right state of every room
GET    /_control/requests                      how often each API was asked
DELETE /_control/requests                      forget that
POST   /_control/rooms/VENDOR                  open a room: {"name"?, "room_id"?}
PATCH  /_control/rooms/VENDOR/ROOM_ID          {"status": 4, "cpu_usage": "93%", "camera": false, ...}
                                               {"release": ["status"]} lets a value go its own way again
                                               {"meeting": true} starts a meeting, false ends it
DELETE /_control/rooms/VENDOR/ROOM_ID          close a room
PATCH  /_control/conferences/EVENT_ID          {"run": true} starts it, false ends it; {"cancel": true}; {"delete": true};
                                               {"approve": ROOM_ID}
POST   /_control/faults                        {"kind": "http", "vendor"?, "api"?, "room_id"?, "times"?, ...}
GET    /_control/faults                        the faults in force
DELETE /_control/faults                        take all faults back
POST   /_control/advance                       {"seconds": 600}
GET    /_control/webhook                       the token and the EncodingAESKey of Tencent Meeting's webhook
PUT    /_control/webhook                       {"url": "http://...", "encrypted"?: true} subscribes and checks the address
POST   /_control/webhook                       {"room_id": "100001", "code": "device_off_line", "recovered"?: true}
                                               pushes an alert; the room itself stays as it is
"""

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Control:
    """Answer the control endpoint."""

    def __init__(self, estate: Estate, faults: Faults, log: RequestLog) -> None:
        """Control an estate."""
        self._estate = estate
        self._faults = faults
        self._log = log

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the endpoint."""
        room = BASE + "/rooms/{vendor}/{room_id}"
        return [
            web.get(BASE + "/", self._help),
            web.get(BASE + "/truth", self._truth),
            web.get(BASE + "/requests", self._requests),
            web.delete(BASE + "/requests", self._forget_requests),
            web.post(BASE + "/rooms/{vendor}", told(self._add_room)),
            web.patch(room, told(self._change_room)),
            web.delete(room, told(self._remove_room)),
            web.patch(BASE + "/conferences/{event_id}", told(self._change_conference)),
            web.get(BASE + "/faults", self._list_faults),
            web.post(BASE + "/faults", told(self._add_fault)),
            web.delete(BASE + "/faults", self._clear_faults),
            web.post(BASE + "/advance", told(self._advance)),
        ]

    async def _help(self, request: web.Request) -> web.Response:
        """Explain the endpoint."""
        del request
        return web.Response(text=HELP)

    async def _truth(self, request: web.Request) -> web.Response:
        """Tell the truth."""
        del request
        conferences = self._estate.quanshi.conference_truth()
        return web.json_response(
            self._estate.truth() | {"quanshi_conferences": conferences}
        )

    async def _requests(self, request: web.Request) -> web.Response:
        """Count the requests."""
        del request
        return web.json_response(
            {"total": len(self._log), "by_api": self._log.by_api()}
        )

    async def _forget_requests(self, request: web.Request) -> web.Response:
        """Forget the requests."""
        del request
        self._log.clear()
        return web.Response(status=204)

    async def _add_room(self, request: web.Request) -> web.Response:
        """Open a room."""
        asked = await request.json()
        vendor = VendorName(request.match_info["vendor"])
        room = self._estate.add_room(vendor, asked.get("name"), asked.get("room_id"))
        return web.json_response({"room_id": str(room.room_id)}, status=201)

    async def _change_room(self, request: web.Request) -> web.Response:
        """Change a room."""
        vendor, room_id = request.match_info["vendor"], request.match_info["room_id"]
        values: dict[str, Any] = await request.json()
        released, meeting = values.pop("release", []), values.pop("meeting", None)
        if released:
            self._estate.room(vendor, room_id).release(*released)
        if meeting is not None:
            act = self._estate.start_meeting if meeting else self._estate.end_meeting
            act(vendor, room_id)
        self._estate.change(vendor, room_id, **values)
        return web.json_response(self._estate.truth()[vendor][room_id])

    async def _remove_room(self, request: web.Request) -> web.Response:
        """Close a room."""
        self._estate.remove_room(
            request.match_info["vendor"], request.match_info["room_id"]
        )
        return web.Response(status=204)

    async def _change_conference(self, request: web.Request) -> web.Response:
        """Start, end, cancel, delete or approve a conference."""
        diary = self._estate.quanshi
        event_id = int(request.match_info["event_id"])
        asked = await request.json()
        if "run" in asked:
            (diary.start_run if asked["run"] else diary.end_run)(event_id)
        if "approve" in asked:
            diary.approve(event_id, int(asked["approve"]))
        if asked.get("cancel"):
            diary.cancel(event_id)
        if asked.get("delete"):
            diary.delete(event_id)
        return web.json_response(diary.conference_truth()[str(event_id)])

    async def _list_faults(self, request: web.Request) -> web.Response:
        """List the faults in force."""
        del request
        hidden = {"first_answer", "headers"}
        shown = [each.name for each in fields(Fault) if each.name not in hidden]
        return web.json_response(
            [{n: getattr(f, n) for n in shown} for f in self._faults]
        )

    async def _add_fault(self, request: web.Request) -> web.Response:
        """Put a fault in force."""
        self._faults.add(Fault(**await request.json()))
        return web.Response(status=201)

    async def _clear_faults(self, request: web.Request) -> web.Response:
        """Take all faults back."""
        del request
        self._faults.clear()
        return web.Response(status=204)

    async def _advance(self, request: web.Request) -> web.Response:
        """Move the office forward."""
        self._estate.advance(float((await request.json())["seconds"]))
        return web.Response(status=204)


def told(handler: Callable[[web.Request], Awaitable[web.Response]]) -> Handler:
    """Say in one line what was wrong with a request instead of breaking."""

    async def wrapped(request: web.Request) -> web.StreamResponse:
        """Answer, or say what was wrong."""
        try:
            return await handler(request)
        except (ValueError, TypeError, KeyError, AttributeError) as err:
            return web.Response(status=400, text=f"{type(err).__name__}: {err}\n")

    return wrapped
