"""The simulated company, as its process told of it."""

from dataclasses import dataclass
from typing import Any, Final

VENDOR: Final = "tencent_meeting"


@dataclass(frozen=True, slots=True)
class Company:
    """Where the simulated company is to be found, and as whom."""

    url: str
    office: str
    rooms: list[str]
    tencent_meeting: dict[str, str]

    @classmethod
    def read(cls, told: dict[str, Any]) -> Company:
        """Take what the office's process told."""
        return cls(told["url"], told["office"], told["rooms"], told["tencent_meeting"])

    @property
    def account(self) -> str:
        """Return the unique id of the account."""
        return f"{VENDOR}_{self.tencent_meeting['app_id']}"
