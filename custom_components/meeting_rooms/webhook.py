"""Receive what a vendor pushes, beside being polled."""

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

_REFUSAL: Final = HTTPStatus.NOT_FOUND
"""The answer to whatever is not the vendor's, whatever is wrong with it."""
_PATIENCE_SECONDS: Final = 10
_ALERT_STANDS: Final = timedelta(days=1)
"""How long a pushed alert stands that no reading of the alarms confirms or ends."""
_LOOK_EVERY: Final = timedelta(hours=1)


@callback
def async_receive_push(hass: HomeAssistant, entry: MeetingRoomsConfigEntry) -> None:
    """Answer the account's webhook, where one was set up, until the account is unloaded."""
    push = VENDORS[entry.data[CONF_VENDOR]].webhook
    for subentry in entry.subentries.values():
        if push is None or subentry.subentry_type != SUBENTRY_WEBHOOK:
            continue
        hook = _Hook(entry.runtime_data, push.create_receiver(subentry.data))
        webhook_id = subentry.data[CONF_WEBHOOK_ID]
        # All methods, so that Home Assistant neither answers nor logs a wrong one by itself
        webhook.async_register(
            hass,
            DOMAIN,
            entry.title,
            webhook_id,
            hook.async_answer,
            allowed_methods=webhook.SUPPORTED_METHODS,
        )
        entry.async_on_unload(partial(webhook.async_unregister, hass, webhook_id))
        entry.async_on_unload(
            async_track_time_interval(
                hass, hook.async_forget_old, _LOOK_EVERY, cancel_on_shutdown=True
            )
        )


class _Hook:
    """Answer the requests to one account's webhook."""

    def __init__(self, coordinator: AccountCoordinator, receiver: PushReceiver) -> None:
        """Take who is to know of an alert, and who can tell the vendor from others."""
        self._coordinator = coordinator
        self._receiver = receiver

    async def async_answer(
        self, hass: HomeAssistant, webhook_id: str, request: Request
    ) -> Response:
        """Answer the vendor; nobody else learns anything, least of all why."""
        try:
            text = await self._async_take(request)
        except PushRejected:
            LOGGER.debug("%s: a request was refused", self._coordinator.name)
            return Response(status=_REFUSAL)
        return Response(text=text)

    @callback
    def async_forget_old(self, now: datetime) -> None:
        """Let no alert stand for ever because the news of its end was lost."""
        snapshot = self._coordinator.data.without_alerts_before(now - _ALERT_STANDS)
        self._coordinator.publish(snapshot)

    async def _async_take(self, request: Request) -> str:
        """Take what a request brings, and return what it wants to hear; or raise PushRefused."""
        match request.method:
            case HTTPMethod.GET:
                return self._receiver.check(request.query, request.headers)
            case HTTPMethod.POST:
                body = await _async_read(request, self._receiver.max_body_bytes)
                for alert in self._receiver.receive(body, request.headers):
                    self._coordinator.take_alert(alert)
                return self._receiver.acknowledgement
        raise PushRejected


async def _async_read(request: Request, most: int) -> bytes:
    """Return the body of a request, cut off once it is too long; PushRefused if it breaks off."""
    content = request.content
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while chunk := await content.read(most + 1 - len(body)):
                body += chunk
    except RequestPayloadError:
        # Or the server would read on, and log what it meets as an error of its own.
        content.feed_eof()
        raise PushRejected from None
    except OSError:
        raise PushRejected from None
    return bytes(body)
