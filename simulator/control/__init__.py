"""Control the simulator over HTTP."""

from .booking_endpoints import BookingEndpoints
from .endpoints import ControlEndpoints
from .webhook_endpoints import WebhookEndpoints

__all__ = ["BookingEndpoints", "ControlEndpoints", "WebhookEndpoints"]
