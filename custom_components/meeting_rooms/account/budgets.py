"""The budgets of calls, one for each account, and their count over a restart."""

from dataclasses import asdict
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ..api.budget import DailyCount, RequestBudget
from ..api.limits import RequestLimits
from ..const import DOMAIN

_STORAGE_VERSION: Final = 1
_SAVE_AFTER_SECONDS: Final = 300

_BUDGETS: HassKey[AccountBudgets] = HassKey(f"{DOMAIN}_budgets")

type _Counts = dict[str, dict[str, int]]


class AccountBudgets:
    """Keep the budget of each account, however often the account is reloaded or tried."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Start without a count."""
        self._hass = hass
        self._store: Store[_Counts] = Store(hass, _STORAGE_VERSION, f"{DOMAIN}.calls")
        self._earlier: dict[str, DailyCount] = {}
        self._budgets: dict[str, RequestBudget] = {}
        self._will_save = False

    async def async_load(self) -> None:
        """Load what was counted before Home Assistant was started, as far as it can be read."""
        stored: object = await self._store.async_load()
        for account, told in stored.items() if isinstance(stored, dict) else ():
            match told:
                case {"day": int(day), "calls": int(calls)}:
                    self._earlier[account] = DailyCount(day=day, calls=calls)

    def of(
        self, account: str, limits: RequestLimits, name: str | None
    ) -> RequestBudget:
        """Return the budget of an account by its unique id, and name it for the log.

        Who gives no name takes the limits that the account has, if it has any.
        """
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
        if not self._will_save:
            self._will_save = True
            self._store.async_delay_save(self._counts, _SAVE_AFTER_SECONDS)

    async def async_save(self) -> None:
        """Save the counts now, without that of an account that was removed."""
        await self._store.async_save(self._counts())

    @callback
    def _counts(self) -> _Counts:
        """Return what is to be saved: no account that was only tried in a form."""
        self._will_save = False
        entries = self._hass.config_entries.async_entries(DOMAIN)
        added = {entry.unique_id for entry in entries}
        today = {account: budget.today for account, budget in self._budgets.items()}
        return {
            account: asdict(counted)
            for account, counted in (self._earlier | today).items()
            if account in added
        }


@singleton(_BUDGETS, async_=True)
async def async_get_budgets(hass: HomeAssistant) -> AccountBudgets:
    """Return the budgets of this Home Assistant."""
    budgets = AccountBudgets(hass)
    await budgets.async_load()
    return budgets
