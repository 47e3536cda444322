"""Track which APIs an account may use."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Permissions:
    """Permit every API until its permission is revoked."""

    revoked: set[str] = field(default_factory=set)
    all_revoked: bool = False

    def revoke(self, *apis: str) -> None:
        """Revoke the permission for some APIs, or for all when none is named."""
        self.revoked.update(apis)
        self.all_revoked = self.all_revoked or not apis

    def grant(self, *apis: str) -> None:
        """Permit some APIs again, or all when none is named."""
        self.revoked.difference_update(apis or tuple(self.revoked))
        self.all_revoked = self.all_revoked and bool(apis)

    def allows(self, api: str) -> bool:
        """Return whether the account may use an API."""
        return not self.all_revoked and api not in self.revoked
