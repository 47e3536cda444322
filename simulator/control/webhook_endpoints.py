"""Subscribe a URL to Tencent Meeting's events and push alerts to it, over HTTP."""

from aiohttp import web

from simulator.vendors.tencent_meeting.webhook import Webhook

from .routing import BASE, report_errors

PATH = BASE + "/webhook"


class WebhookEndpoints:
    """Serve the control endpoints of the webhook."""

    def __init__(self, webhook: Webhook) -> None:
        """Set the webhook to control."""
        self._webhook = webhook

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(PATH, self._show),
            web.put(PATH, report_errors(self._subscribe)),
            web.post(PATH, report_errors(self._push)),
        ]

    async def _show(self, request: web.Request) -> web.Response:
        """Return the two secrets that the vendor's console shows."""
        del request
        return web.json_response(
            {
                "token": self._webhook.token,
                "encoding_aes_key": self._webhook.encoding_aes_key,
            }
        )

    async def _subscribe(self, request: web.Request) -> web.Response:
        """Subscribe a URL and return whether it passed the check."""
        body = await request.json()
        self._webhook.url = body["url"]
        self._webhook.encrypted = body.get("encrypted", False)
        return web.json_response({"checked": await self._webhook.check()})

    async def _push(self, request: web.Request) -> web.Response:
        """Push an alert and return the response of the subscriber."""
        body = await request.json()
        delivery = await self._webhook.alert(
            body["room_id"], body["code"], recovered=body.get("recovered", False)
        )
        return web.json_response(
            {"status": delivery.status, "acknowledged": delivery.acknowledged}
        )
