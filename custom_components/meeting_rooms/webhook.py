"""Receive the events that a vendor pushes."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from http import HTTPMethod, HTTPStatus
from typing import Final

from aiohttp.web import Request, RequestPayloadError, Response

from homeassistant.components import webhook
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval

from .api.push import PushReceiver, PushRejected
from .api.registry import VENDORS
from .const import CONF_VENDOR, DOMAIN, LOGGER, SUBENTRY_WEBHOOK
from .coordinator import AccountCoordinator, MeetingRoomsConfigEntry

_TIMEOUT_SECONDS: Final = 10
_ALERT_LIFETIME: Final = timedelta(days=1)
"""How long a pushed alert is active that no list of alarms confirms or ends."""
_EXPIRY_INTERVAL: Final = timedelta(hours=1)


@callback
def async_receive_push(hass: HomeAssistant, entry: MeetingRoomsConfigEntry) -> None:
    """Register the account's webhook, if it has one, until the account is unloaded."""
    push = VENDORS[entry.data[CONF_VENDOR]].webhook
    if push is None:
        return
    for subentry in entry.get_subentries_of_type(SUBENTRY_WEBHOOK):
        hook = _Hook(entry.runtime_data, push.create_receiver(subentry.data))
        webhook_id = subentry.data[CONF_WEBHOOK_ID]
        # All methods: Home Assistant would log a wrong one, and reveal the webhook.
        webhook.async_register(
            hass,
            DOMAIN,
            entry.title,
            webhook_id,
            hook.async_respond,
            allowed_methods=webhook.SUPPORTED_METHODS,
        )
        entry.async_on_unload(partial(webhook.async_unregister, hass, webhook_id))
        entry.async_on_unload(
            async_track_time_interval(
                hass,
                hook.async_expire_alerts,
                _EXPIRY_INTERVAL,
                cancel_on_shutdown=True,
            )
        )


class _Hook:
    """The webhook of one account."""

    def __init__(self, coordinator: AccountCoordinator, receiver: PushReceiver) -> None:
        """Use the vendor's receiver, and publish alerts through the coordinator."""
        self._coordinator = coordinator
        self._receiver = receiver

    async def async_respond(
        self, hass: HomeAssistant, webhook_id: str, request: Request
    ) -> Response:
        """Respond to the vendor; any other request gets the same empty refusal."""
        try:
            text = await self._async_receive(request)
        except PushRejected:
            LOGGER.debug("%s: a webhook request was rejected", self._coordinator.name)
            return Response(status=HTTPStatus.NOT_FOUND)
        return Response(text=text)

    @callback
    def async_expire_alerts(self, now: datetime) -> None:
        """Remove old alerts: the event that ends one may be lost."""
        snapshot = self._coordinator.data.without_alerts_before(now - _ALERT_LIFETIME)
        self._coordinator.publish(snapshot)

    async def _async_receive(self, request: Request) -> str:
        """Pass on the content of a request, and return the text of the response."""
        match request.method:
            case HTTPMethod.GET:
                return self._receiver.check(request.query, request.headers)
            case HTTPMethod.POST:
                body = await _async_read_body(request, self._receiver.max_body_bytes)
                pushed = self._receiver.receive(body, request.headers)
                for alert in pushed.alerts:
                    self._coordinator.take_alert(alert)
                if pushed.rooms:
                    self._coordinator.meetings.refresh(pushed.rooms)
                return self._receiver.acknowledgement
        raise PushRejected


async def _async_read_body(request: Request, most: int) -> bytes:
    """Return the body of a request, cut off once it is too long."""
    content = request.content
    body = bytearray()
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            while chunk := await content.read(most + 1 - len(body)):
                body += chunk
    except RequestPayloadError:
        # Otherwise aiohttp continues to read the body and logs an error.
        content.feed_eof()
        raise PushRejected from None
    except OSError:
        raise PushRejected from None
    return bytes(body)
