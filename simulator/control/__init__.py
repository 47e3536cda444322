"""Control the simulator over HTTP."""

from .endpoints import ControlEndpoints
from .webhook_endpoints import WebhookEndpoints

__all__ = ["ControlEndpoints", "WebhookEndpoints"]
