"""Find and create bookings of the simulated host."""

from simulator.company.booking import Booking

from ..home import Home

DAY = 86_400


def book(home: Home, title: str = "年会", days: float = 5) -> Booking:
    """Create a booking that is outside the period of the host's list."""
    start = home.clock().timestamp() + days * DAY
    return home.sim.company.quanshi.book(title, start, start + 3600)


def running_booking(home: Home) -> Booking:
    """Return a running booking, which is in the host's list."""
    now = home.clock().timestamp()
    return next(
        each for each in home.sim.company.quanshi.bookings if each.session_at(now)
    )
