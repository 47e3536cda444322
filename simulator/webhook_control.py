"""Let people and tests subscribe an address, and have alerts pushed to it, over HTTP."""

from aiohttp import web

from .control import BASE, told
from .vendors.tencent_meeting.webhook import Webhook

PATH = BASE + "/webhook"


class WebhookControl:
    """Answer the part of the control endpoint that is about pushing."""

    def __init__(self, webhook: Webhook) -> None:
        """Control a webhook."""
        self._webhook = webhook

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(PATH, self._show),
            web.put(PATH, told(self._subscribe)),
            web.post(PATH, told(self._push)),
        ]

    async def _show(self, request: web.Request) -> web.Response:
        """Show what the vendor's console shows."""
        del request
        return web.json_response(
            {
                "token": self._webhook.token,
                "encoding_aes_key": self._webhook.encoding_aes_key,
            }
        )

    async def _subscribe(self, request: web.Request) -> web.Response:
        """Subscribe an address, if it answers the check."""
        asked = await request.json()
        self._webhook.url = asked["url"]
        self._webhook.encrypted = asked.get("encrypted", False)
        return web.json_response({"checked": await self._webhook.check()})

    async def _push(self, request: web.Request) -> web.Response:
        """Push an alert, and tell what came back."""
        asked = await request.json()
        delivery = await self._webhook.alert(
            asked["room_id"], asked["code"], recovered=asked.get("recovered", False)
        )
        return web.json_response(
            {"status": delivery.status, "acknowledged": delivery.acknowledged}
        )
