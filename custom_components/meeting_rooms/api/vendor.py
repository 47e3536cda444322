"""The base of the vendors' registry entries: the fields, limits and client of an account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .client import VendorClient
from .limits import RequestLimits
from .push import PushReceiver
from .transport import Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """The settings of a vendor's event push; every field is a secret."""

    fields: Mapping[str, str]
    """The required fields, and the pattern of each."""
    optional_fields: Mapping[str, str]
    create_receiver: Callable[[Mapping[str, str]], PushReceiver]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A vendor: the fields of its account form, its addresses and its client."""

    key: str
    """The vendor's name in config entries, unique ids and translation keys."""
    manufacturer: str
    """The manufacturer of the account's device, in the vendor's spelling."""
    account_field: str
    """The field that identifies an account."""
    fields: tuple[str, ...]
    """The required fields, in the order of the form."""
    optional_fields: tuple[str, ...] = ()
    secret_fields: frozenset[str]
    """The fields that a form never shows again."""
    personal_fields: frozenset[str] = frozenset()
    """The fields that identify a person; diagnostics redact them."""
    number_fields: frozenset[str] = frozenset()
    """The fields that hold digits only."""
    base_url: str
    """The public host of the API."""
    console_url: str
    permissions_path: str
    """The menu of the console that has an application's permissions, as the console names it."""
    api_names: Mapping[str, str]
    """The method and path of the list of rooms and of each feature."""
    path_prefix: str
    """The first segment of the path of every API, which a base URL does not contain."""
    supports_room_selection: bool = False
    supports_manual_conferences: bool = False
    limits: RequestLimits
    """The part of the vendor's rate limits that one account may use."""
    create_client: Callable[[Transport, Mapping[str, str]], VendorClient]
    webhook: Webhook | None = None
    """None for a vendor without an event push."""
