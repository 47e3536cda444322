"""Hold one account a vendor: its credentials and what it may do."""

from dataclasses import dataclass, field
import random
import string

from .canaries import Canaries
from .limits import Limits
from .vendor import Grants


@dataclass(slots=True)
class TencentMeetingAccount:
    """Hold an enterprise application of Tencent Meeting."""

    app_id: str
    secret_id: str
    secret_key: str
    sdk_id: str
    operator_id: str
    webhook_token: str
    encoding_aes_key: str
    operator_required: bool = True
    grants: Grants = field(default_factory=Grants)
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class WecomAccount:
    """Hold a self-built application of WeCom; `trusted` None trusts every address."""

    corp_id: str
    corp_secret: str
    trusted: set[str] | None = None
    seen_as: str | None = None
    token_life: int = 7200
    grants: Grants = field(default_factory=Grants)


@dataclass(slots=True)
class QuanshiAccount:
    """Hold a host at Quanshi; a refused token gives `refusal_status`, or 200 with a status."""

    token: str
    user_id: str
    refusal_status: int = 401
    token_ended: bool = False
    grants: Grants = field(default_factory=Grants)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Hold the account of each vendor."""

    tencent_meeting: TencentMeetingAccount
    wecom: WecomAccount
    quanshi: QuanshiAccount


def open_accounts(seed: int, canaries: Canaries) -> Accounts:
    """Open an account with each vendor; its secrets are canaries too."""
    chance = random.Random(f"{seed}/accounts")
    later = random.Random(f"{seed}/webhook")

    def secret(kind: str, length: int, chance: random.Random = chance) -> str:
        signs = "".join(chance.choices(string.ascii_letters + string.digits, k=length))
        return canaries.keep(kind, f"CANARY{signs}")

    return Accounts(
        TencentMeetingAccount(
            app_id=f"2{chance.randrange(10**8, 10**9)}",
            secret_id=secret("secret_id", 26),
            secret_key=secret("secret_key", 34),
            sdk_id=f"1{chance.randrange(10**9, 10**10)}",
            operator_id=f"operator{seed}",
            webhook_token=secret("webhook_token", 19, later),
            encoding_aes_key=secret("encoding_aes_key", 37, later),
        ),
        WecomAccount(
            corp_id=f"ww{chance.randrange(16**15, 16**16):016x}",
            corp_secret=secret("corp_secret", 37),
        ),
        QuanshiAccount(
            token=secret("token", 40),
            user_id=str(chance.randrange(80_000_000, 90_000_000)),
        ),
    )
