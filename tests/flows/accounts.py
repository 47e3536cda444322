"""Describe the account form of each vendor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simulator import Simulator

from ..vendors import VENDOR_TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountForm:
    """The fields of a vendor's account form."""

    fields: list[str]
    id_field: str
    secret_fields: set[str]
    changed_secret: str
    """The secret that `replace_secrets` changes."""


FORMS: Final[Mapping[str, AccountForm]] = {
    key: AccountForm(
        fields=[*row.fields, "base_url"],
        id_field=row.account_field,
        secret_fields={*row.secret_fields},
        changed_secret=row.secret_fields[-1],
    )
    for key, row in VENDOR_TABLE.items()
}


def replace_secrets(sim: Simulator, secret: str = "another-secret") -> None:
    """Replace a secret of each simulated account, and expire the tokens."""
    for row in VENDOR_TABLE.values():
        setattr(row.account(sim), row.secret_fields[-1], secret)
    sim.wecom.tokens.expire_all()
