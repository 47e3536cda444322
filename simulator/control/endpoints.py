"""Show and change the state of the simulator over HTTP."""

from dataclasses import fields
from typing import Any

from aiohttp import web

from simulator.accounts import Accounts
from simulator.company.company import Company
from simulator.enums import VendorName
from simulator.faults import ActiveFaults, Fault
from simulator.request_log import RequestLog

from .routing import BASE, report_errors

HELP = """The simulator's control endpoints (vendors: tencent_meeting, wecom, quanshi)

GET    /_control/                              this page
GET    /_control/truth                         the expected status of every room
GET    /_control/requests                      the number of requests of each API
DELETE /_control/requests                      reset these numbers
POST   /_control/rooms/VENDOR                  add a room: {"name"?, "room_id"?}
PATCH  /_control/rooms/VENDOR/ROOM_ID          {"status": 4, "cpu_usage": "93%", "camera": false, ...}
                                               {"release": ["status"]} makes a value follow the simulation again
                                               {"meeting": true} starts a meeting, false ends it
DELETE /_control/rooms/VENDOR/ROOM_ID          remove a room
GET    /_control/bookings/VENDOR?room_id=…      the bookings of a room: {"start"?, "end"?} in Unix seconds
POST   /_control/bookings/VENDOR               book a room: {"room_id", "start"?, "end"? or "minutes"?, "subject"?, "organizer"?,
                                               "tentative"?: true}; the room is empty until "meeting" starts
PATCH  /_control/bookings/VENDOR/BOOKING_ID    {"start"?, "end"?} moves it; {"cancel": true}; {"end_now": true} ends it early
DELETE /_control/bookings/VENDOR?room_id=…      remove all bookings of a room, or of all rooms
PATCH  /_control/conferences/EVENT_ID          {"run": true} starts it, false ends it; {"cancel": true}; {"delete": true};
                                               {"approve": ROOM_ID}; {"move": 600} moves it by seconds
PATCH  /_control/accounts/VENDOR               {"operator_required": true, "trusted_ips": [], ...}
POST   /_control/faults                        {"kind": "http", "vendor"?, "api"?, "room_id"?, "times"?, ...}
GET    /_control/faults                        the active faults
DELETE /_control/faults                        remove all faults
POST   /_control/advance                       {"seconds": 600}
GET    /_control/webhook                       the token and the EncodingAESKey of Tencent Meeting's webhook
PUT    /_control/webhook                       {"url": "http://...", "encrypted"?: true} subscribes and checks the URL
POST   /_control/webhook                       {"room_id": "100001", "code": "device_off_line", "recovered"?: true}
                                               pushes an alert; the room itself does not change
"""


class ControlEndpoints:
    """Serve the control endpoints."""

    def __init__(
        self,
        company: Company,
        accounts: Accounts,
        faults: ActiveFaults,
        log: RequestLog,
    ) -> None:
        """Store the simulator's parts that the endpoints control."""
        self._company = company
        self._accounts = accounts
        self._faults = faults
        self._log = log

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        room = BASE + "/rooms/{vendor}/{room_id}"
        conference = BASE + "/conferences/{event_id}"
        account = BASE + "/accounts/{vendor}"
        return [
            web.get(BASE + "/", self._help),
            web.get(BASE + "/truth", self._truth),
            web.get(BASE + "/requests", self._requests),
            web.delete(BASE + "/requests", self._reset_requests),
            web.post(BASE + "/rooms/{vendor}", report_errors(self._add_room)),
            web.patch(room, report_errors(self._change_room)),
            web.delete(room, report_errors(self._remove_room)),
            web.patch(conference, report_errors(self._change_conference)),
            web.patch(account, report_errors(self._change_account)),
            web.get(BASE + "/faults", self._list_faults),
            web.post(BASE + "/faults", report_errors(self._add_fault)),
            web.delete(BASE + "/faults", self._clear_faults),
            web.post(BASE + "/advance", report_errors(self._advance)),
        ]

    async def _help(self, request: web.Request) -> web.Response:
        """Return the list of the endpoints."""
        del request
        return web.Response(text=HELP)

    async def _truth(self, request: web.Request) -> web.Response:
        """Return the expected status of every room and conference."""
        del request
        conferences = self._company.quanshi.conference_truth()
        return web.json_response(
            self._company.truth() | {"quanshi_conferences": conferences}
        )

    async def _requests(self, request: web.Request) -> web.Response:
        """Return the number of requests."""
        del request
        return web.json_response(
            {"total": len(self._log), "by_api": self._log.by_api()}
        )

    async def _reset_requests(self, request: web.Request) -> web.Response:
        """Clear the request log."""
        del request
        self._log.clear()
        return web.Response(status=204)

    async def _add_room(self, request: web.Request) -> web.Response:
        """Add a room."""
        body = await request.json()
        vendor = VendorName(request.match_info["vendor"])
        room = self._company.add_room(vendor, body.get("name"), body.get("room_id"))
        return web.json_response({"room_id": str(room.room_id)}, status=201)

    async def _change_room(self, request: web.Request) -> web.Response:
        """Change a room."""
        vendor, room_id = request.match_info["vendor"], request.match_info["room_id"]
        values: dict[str, Any] = await request.json()
        released, meeting = values.pop("release", []), values.pop("meeting", None)
        if released:
            self._company.room(vendor, room_id).release(*released)
        if meeting is not None:
            act = self._company.start_meeting if meeting else self._company.end_meeting
            act(vendor, room_id)
        self._company.change(vendor, room_id, **values)
        return web.json_response(self._company.truth()[vendor][room_id])

    async def _remove_room(self, request: web.Request) -> web.Response:
        """Remove a room."""
        self._company.remove_room(
            request.match_info["vendor"], request.match_info["room_id"]
        )
        return web.Response(status=204)

    async def _change_conference(self, request: web.Request) -> web.Response:
        """Start, end, move, cancel, delete or approve a conference."""
        bookings = self._company.quanshi
        event_id = int(request.match_info["event_id"])
        body = await request.json()
        if "run" in body:
            act = bookings.start_conference if body["run"] else bookings.end_conference
            act(event_id)
        if "approve" in body:
            bookings.approve(event_id, int(body["approve"]))
        if "move" in body:
            bookings.move(event_id, int(body["move"]))
        if body.get("cancel"):
            bookings.cancel(event_id)
        if body.get("delete"):
            bookings.delete(event_id)
        return web.json_response(bookings.conference_truth()[str(event_id)])

    async def _change_account(self, request: web.Request) -> web.Response:
        """Change the settings of an account."""
        account = getattr(self._accounts, request.match_info["vendor"])
        for name, value in (await request.json()).items():
            setattr(account, name, value)
        return web.Response(status=204)

    async def _list_faults(self, request: web.Request) -> web.Response:
        """List the active faults."""
        del request
        hidden = {"first_response", "headers", "removed"}
        shown = [each.name for each in fields(Fault) if each.name not in hidden]
        return web.json_response(
            [{n: getattr(f, n) for n in shown} for f in self._faults]
        )

    async def _add_fault(self, request: web.Request) -> web.Response:
        """Add a fault."""
        self._faults.add(Fault(**await request.json()))
        return web.Response(status=201)

    async def _clear_faults(self, request: web.Request) -> web.Response:
        """Remove all faults."""
        del request
        self._faults.clear()
        return web.Response(status=204)

    async def _advance(self, request: web.Request) -> web.Response:
        """Advance the simulated time."""
        self._company.advance(float((await request.json())["seconds"]))
        return web.Response(status=204)
