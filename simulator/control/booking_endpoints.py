"""Show and change the bookings of rooms, over HTTP."""

from dataclasses import asdict

from aiohttp import web

from simulator.clock import DAY
from simulator.company.booked_day import RoomBookingStatus
from simulator.company.company import Company
from simulator.company.room_bookings import RoomBooking
from simulator.enums import VendorName
from simulator.messages import Row
from simulator.vendors.tencent_meeting.webhook import Webhook

from .routing import BASE, report_errors

PATH = BASE + "/bookings/{vendor}"
MINUTE = 60
DEFAULT_MINUTES = 30


class BookingEndpoints:
    """Serve the control endpoints of bookings; a subscribed webhook is told each change."""

    def __init__(self, company: Company, webhook: Webhook) -> None:
        """Set the company whose rooms are booked."""
        self._company = company
        self._webhook = webhook

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(PATH, report_errors(self._list)),
            web.post(PATH, report_errors(self._book)),
            web.delete(PATH, report_errors(self._clear)),
            web.patch(PATH + "/{booking_id}", report_errors(self._change)),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        """Return the bookings of a room, by default within a day of now."""
        now = self._company.clock.now
        query = request.query
        start = float(query.get("start", now - DAY))
        end = float(query.get("end", now + DAY))
        found = self._company.bookings.between(
            request.match_info["vendor"], query["room_id"], start, end
        )
        return web.json_response([asdict(booking) for booking in found])

    async def _book(self, request: web.Request) -> web.Response:
        """Book a room, by default for half an hour from now on."""
        body: Row = await request.json()
        start = body.get("start", int(self._company.clock.now))
        length = MINUTE * body.get("minutes", DEFAULT_MINUTES)
        tentative = body.get("tentative", False)
        vendor = request.match_info["vendor"]
        booking = self._company.book(
            vendor,
            body["room_id"],
            start,
            body.get("end", start + length),
            subject=body.get("subject"),
            organizer=body.get("organizer"),
            status=RoomBookingStatus.REQUESTED
            if tentative
            else RoomBookingStatus.BOOKED,
        )
        return await self._changed(vendor, "meeting.created", booking, status=201)

    async def _change(self, request: web.Request) -> web.Response:
        """Move or cancel a booking, or end its meeting early."""
        body: Row = await request.json()
        vendor, booking_id = (
            request.match_info["vendor"],
            request.match_info["booking_id"],
        )
        if body.get("cancel"):
            booking = self._company.cancel_booking(vendor, booking_id)
            return await self._changed(vendor, "meeting.canceled", booking)
        if body.get("end_now"):
            booking = self._company.end_booking(vendor, booking_id)
            return await self._changed(vendor, "meeting.end", booking)
        booking = self._company.move_booking(
            vendor, booking_id, body.get("start"), body.get("end")
        )
        return await self._changed(vendor, "meeting.updated", booking)

    async def _clear(self, request: web.Request) -> web.Response:
        """Remove the bookings of one room or of all rooms."""
        self._company.clear_bookings(
            request.match_info["vendor"], request.query.get("room_id")
        )
        return web.Response(status=204)

    async def _changed(
        self, vendor: str, event: str, booking: RoomBooking, status: int = 200
    ) -> web.Response:
        """Push an event of Tencent Meeting, and return the booking."""
        if vendor == VendorName.TENCENT_MEETING and self._webhook.url:
            await self._webhook.meeting(event, booking)
        return web.json_response(asdict(booking), status=status)
