"""Create one account of each vendor, with its credentials and settings."""

from dataclasses import dataclass, field
import random
import string

from .canaries import Canaries
from .limits import Limits
from .permissions import Permissions


@dataclass(slots=True)
class TencentMeetingAccount:
    """Hold an enterprise application of Tencent Meeting.

    With `operator_required`, a request without an operator is rejected with
    `missing_operator_code`. Unless `operator_may_book`, the operator may only view rooms.
    """

    app_id: str
    secret_id: str
    secret_key: str
    sdk_id: str
    operator_id: str
    webhook_token: str
    encoding_aes_key: str
    operator_required: bool = True
    missing_operator_code: int = 190001
    operator_may_book: bool = True
    permissions: Permissions = field(default_factory=Permissions)
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class WecomAccount:
    """Hold a self-built application of WeCom.

    `trusted_ips` are the addresses that may send requests, `None` permits all.
    `client_ip` replaces the address of the client. The booking calendar has a list of permitted
    applications of its own: `calendar_permitted`. `meetings` are the ids of the meetings that the
    application has created.
    """

    corp_id: str
    corp_secret: str
    trusted_ips: set[str] | None = None
    client_ip: str | None = None
    token_lifetime: int = 7200
    calendar_permitted: bool = True
    meetings: set[str] = field(default_factory=lambda: {"meeting1"})
    permissions: Permissions = field(default_factory=Permissions)


@dataclass(slots=True)
class QuanshiAccount:
    """Hold a Quanshi host; `token_error_status` is the HTTP status for a bad token."""

    token: str
    user_id: str
    token_error_status: int = 401
    token_expired: bool = False
    permissions: Permissions = field(default_factory=Permissions)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Hold the account of each vendor."""

    tencent_meeting: TencentMeetingAccount
    wecom: WecomAccount
    quanshi: QuanshiAccount


def create_accounts(seed: int, canaries: Canaries) -> Accounts:
    """Create the accounts from a seed; their secrets are canaries."""
    rng = random.Random(f"{seed}/accounts")
    webhook_rng = random.Random(f"{seed}/webhook")

    def secret(kind: str, length: int, rng: random.Random = rng) -> str:
        """Create a secret."""
        suffix = "".join(rng.choices(string.ascii_letters + string.digits, k=length))
        return canaries.add(kind, f"CANARY{suffix}")

    return Accounts(
        TencentMeetingAccount(
            app_id=f"2{rng.randrange(10**8, 10**9)}",
            secret_id=secret("secret_id", 26),
            secret_key=secret("secret_key", 34),
            sdk_id=f"1{rng.randrange(10**9, 10**10)}",
            operator_id=f"operator{seed}",
            webhook_token=secret("webhook_token", 19, webhook_rng),
            encoding_aes_key=secret("encoding_aes_key", 37, webhook_rng),
        ),
        WecomAccount(
            corp_id=f"ww{rng.randrange(16**15, 16**16):016x}",
            corp_secret=secret("corp_secret", 37),
        ),
        QuanshiAccount(
            token=secret("token", 40),
            user_id=str(rng.randrange(80_000_000, 90_000_000)),
        ),
    )
