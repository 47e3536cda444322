"""The base entity: one value of a room, conference, controller or account."""

from abc import abstractmethod
from typing import Any, override

from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import AccountCoordinator
from .descriptions.base import SubjectEntityDescription
from .rooms.current_conference import CurrentConference


class SubjectEntity[V](CoordinatorEntity[AccountCoordinator]):
    """One value of a subject: a room, a conference, a controller, or the account itself."""

    _attr_has_entity_name = True

    def __init__(
        self,
        coordinator: AccountCoordinator,
        description: SubjectEntityDescription[Any, V],
        key: str | None,
        *,
        enabled_default: bool = True,
    ) -> None:
        """Initialize from the subject's key, None for the account."""
        super().__init__(coordinator, context=key)
        account = str(coordinator.config_entry.unique_id)
        device = account if key is None else f"{account}_{key}"
        self.entity_description = description
        self._attr_translation_key = description.key
        self._attr_unique_id = f"{device}_{description.key}"
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, device)})
        if not enabled_default:
            self._attr_entity_registry_enabled_default = False
        self._key = key
        self._value_fn = description.value_fn
        self._shown: tuple[bool, V | None] = (False, None)
        self._update()

    @override
    async def async_added_to_hass(self) -> None:
        """Start with the latest value."""
        await super().async_added_to_hass()
        self._update()

    @callback
    def async_entity_id_changed(self, old_entity_id: str) -> None:
        """Let Home Assistant 2026.11 rename the entity without adding it again."""

    @property
    @override
    def available(self) -> bool:
        """Return whether the account is reachable and still has the subject."""
        return self._shown[0]

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write the state if it has changed."""
        if self._update():
            self.async_write_ha_state()

    def _update(self) -> bool:
        """Update the value of the subject, and return whether it has changed."""
        snapshot, key = self.coordinator.data, self._key
        subject = snapshot if key is None else snapshot.subjects.get(key)
        reachable = self.coordinator.last_update_success
        shown = (
            (False, None) if subject is None else (reachable, self._value_of(subject))
        )
        if shown == self._shown:
            return False
        self._shown = shown
        self._show(shown[1])
        return True

    def _value_of(self, subject: Any) -> V | None:
        """Return the value of the subject; None for an account without a current conference."""
        if isinstance(subject, CurrentConference):
            subject = subject.conference
        return None if subject is None else self._value_fn(subject)

    @abstractmethod
    def _show(self, value: V | None) -> None:
        """Set the value as the entity's state."""
