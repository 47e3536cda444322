"""Bookings of the simulated Quanshi."""

from simulator import Approval, Simulator
from simulator.company.booking import Booking

from .responses import HOUR


def running(sim: Simulator) -> list[Booking]:
    """Return the bookings that are running."""
    now = sim.company.clock.now
    return [each for each in sim.company.quanshi.bookings if each.session_at(now)]


def book(
    sim: Simulator, *room_ids: int, approval: Approval = Approval.APPROVED
) -> Booking:
    """Book rooms for the present hour."""
    now = sim.company.clock.now
    diary = sim.company.quanshi
    return diary.book("周会", now - 60, now + HOUR, *room_ids, approval=approval)
