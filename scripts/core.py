"""Run Home Assistant's core in this process, with its real bootstrap, registries and storage."""

from pathlib import Path
from typing import Final

from zeroconf import Zeroconf

from homeassistant import bootstrap, config_entries, loader
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.setup import async_setup_component
from scripts.demo_home.home import free_port, prepare

_LOADED: Final = ("network", "binary_sensor", "sensor")
"""The modules that any Home Assistant has loaded before the first account is set up."""
_ZEROCONF: Final = {
    "__new__": lambda cls, *args, **kwargs: object.__new__(cls),
    "__init__": Zeroconf.__init__,
}
"""The globals that Home Assistant replaces, and that a second instance needs restored."""


async def start_core(folder: Path) -> HomeAssistant:
    """Start Home Assistant in a configuration folder, without recorder and frontend."""
    for name, original in _ZEROCONF.items():
        setattr(Zeroconf, name, original)
    prepare(folder, free_port())
    hass = HomeAssistant(str(folder))
    hass.config.skip_pip = True
    loader.async_setup(hass)
    hass.config_entries = config_entries.ConfigEntries(hass, {})
    await loader.async_get_custom_components(hass)
    await bootstrap.async_load_base_functionality(hass)
    await async_process_ha_core_config(hass, {})
    domains = {entry.domain for entry in hass.config_entries.async_entries()}
    for domain in (*bootstrap.CORE_INTEGRATIONS, *_LOADED, *domains):
        await async_setup_component(hass, domain, {})
    await hass.async_start()
    return hass
