"""Describe the account form and two rooms of each vendor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simulator import Simulator

from ..home import QUANSHI, TENCENT, WECOM


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountForm:
    """The fields of a vendor's account form."""

    fields: list[str]
    id_field: str
    secret_fields: set[str]
    changed_secret: str
    """The secret that `replace_secrets` changes."""


FORMS: Final[Mapping[str, AccountForm]] = {
    TENCENT: AccountForm(
        fields=[
            "app_id",
            "secret_id",
            "secret_key",
            "sdk_id",
            "operator_id",
            "base_url",
        ],
        id_field="app_id",
        secret_fields={"secret_id", "secret_key"},
        changed_secret="secret_key",
    ),
    WECOM: AccountForm(
        fields=["corp_id", "corp_secret", "base_url"],
        id_field="corp_id",
        secret_fields={"corp_secret"},
        changed_secret="corp_secret",
    ),
    QUANSHI: AccountForm(
        fields=["token", "user_id", "base_url"],
        id_field="user_id",
        secret_fields={"token"},
        changed_secret="token",
    ),
}

FIRST_ROOM: Final = {TENCENT: "100001", WECOM: "RoomId001"}
SECOND_ROOM: Final = {TENCENT: "100002", WECOM: "200002"}


def replace_secrets(sim: Simulator, secret: str = "another-secret") -> None:
    """Replace a secret of each simulated account, and expire the tokens."""
    sim.accounts.tencent_meeting.secret_key = secret
    sim.accounts.wecom.corp_secret = secret
    sim.accounts.quanshi.token = secret
    sim.wecom.tokens.expire_all()
