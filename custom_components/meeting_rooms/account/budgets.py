"""The request budgets of all accounts, and their counts across restarts."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ..api.budget import DailyCount, RequestBudget
from ..api.limits import RequestLimits
from ..const import DOMAIN, LOGGER
from .storage import LOAD_ERRORS

_STORAGE_VERSION: Final = 1
_SAVE_DELAY_SECONDS: Final = 300
_BUDGETS: HassKey[AccountBudgets] = HassKey(f"{DOMAIN}_budgets")

type _Counts = dict[str, dict[str, int]]


class AccountBudgets:
    """Keep the budget of each account while its config entry is reloaded or retried."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Start without counts."""
        self._hass = hass
        self._store: Store[_Counts] = Store(hass, _STORAGE_VERSION, f"{DOMAIN}.calls")
        self._earlier: dict[str, DailyCount] = {}
        self._budgets: dict[str, RequestBudget] = {}
        self._save_scheduled = False
        self._usable_file = True

    async def async_load(self) -> None:
        """Load the counts from before the restart.

        A file that cannot be loaded, such as one of a newer version, is not changed.
        """
        try:
            stored: object = await self._store.async_load()
        except LOAD_ERRORS as err:
            LOGGER.warning(
                "Cannot load %s (%s): request counts start at 0 and are not saved",
                self._store.path,
                type(err).__name__,
            )
            self._usable_file = False
            return
        for account, stored_count in stored.items() if isinstance(stored, dict) else ():
            match stored_count:
                case {"day": int(day), "calls": int(requests)}:
                    self._earlier[account] = DailyCount(day=day, requests=requests)

    def of(
        self, account: str, limits: RequestLimits, name: str | None
    ) -> RequestBudget:
        """Return the budget of an account; with a name, set its name and limits."""
        budget = self._budgets.get(account)
        if budget is None:
            budget = self._budgets[account] = RequestBudget(limits)
            if account in self._earlier:
                budget.restore(self._earlier[account])
        if name is not None:
            budget.name = name
            budget.set_limits(limits)
        return budget

    @callback
    def save_soon(self) -> None:
        """Save the counts within five minutes, and at the latest when Home Assistant stops."""
        if self._usable_file and not self._save_scheduled:
            self._save_scheduled = True
            self._store.async_delay_save(self._counts, _SAVE_DELAY_SECONDS)

    async def async_save(self) -> None:
        """Save the counts now, without that of an account that was removed."""
        if self._usable_file:
            await self._store.async_save(self._counts())

    @callback
    def _counts(self) -> _Counts:
        """Return the counts to save, without accounts that were only tried in a form."""
        self._save_scheduled = False
        entries = self._hass.config_entries.async_entries(DOMAIN)
        added = {entry.unique_id for entry in entries}
        today = {account: budget.today for account, budget in self._budgets.items()}
        return {
            account: {"day": count.day, "calls": count.requests}
            for account, count in (self._earlier | today).items()
            if account in added
        }


@singleton(_BUDGETS, async_=True)
async def async_get_budgets(hass: HomeAssistant) -> AccountBudgets:
    """Return the budgets of this Home Assistant."""
    budgets = AccountBudgets(hass)
    await budgets.async_load()
    return budgets
