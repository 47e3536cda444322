"""Mint secrets that can be recognised wherever they leak to."""

from base64 import b64encode
from collections.abc import Iterator


class Canaries:
    """Keep every secret that the simulator ever shows, in each form it takes."""

    def __init__(self) -> None:
        """Start with no secret."""
        self._known: dict[str, str] = {}
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        """Iterate over the secrets in every form."""
        return iter(tuple(self._known))

    def __len__(self) -> int:
        """Count the secrets in every form."""
        return len(self._known)

    def __contains__(self, text: object) -> bool:
        """Return whether a text is itself a secret."""
        return text in self._known

    def of(self, kind: str) -> list[str]:
        """Return the secrets of one kind."""
        return [secret for secret, known in self._known.items() if known == kind]

    def kinds(self) -> set[str]:
        """Return the kinds of secret there are."""
        return set(self._known.values())

    def found_in(self, text: str) -> list[str]:
        """Return the secrets that stand in a text."""
        return [secret for secret in self._known if secret in text]

    def keep(self, kind: str, secret: str) -> str:
        """Remember a secret that was made elsewhere."""
        self._known[secret] = kind
        return secret

    def text(self, kind: str) -> str:
        """Mint a secret in plain text."""
        return self.keep(kind, f"CANARY-{kind}-{self._next():05}")

    def base64(self, kind: str) -> str:
        """Mint a secret that is shown in base64, and remember both forms."""
        return self.keep(kind, b64encode(self.text(kind).encode()).decode())

    def broken_base64(self, kind: str) -> str:
        """Mint a secret for a base64 field that is no valid base64."""
        return self.keep(kind, f"CANARY_{kind}_{self._next():05}!X")

    def digits(self, kind: str, length: int) -> str:
        """Mint a secret of digits with a run of 9090 in front."""
        run = ("90" * length)[: length - 6]
        return self.keep(kind, f"{run}{self._next():06}")

    def mobile(self, kind: str) -> str:
        """Mint a Chinese mobile number."""
        return self.keep(kind, f"19090{self._next():06}")

    def mail(self, kind: str) -> str:
        """Mint a mail address."""
        return self.keep(kind, f"canary-{kind}-{self._next():05}@example.com")

    def link(self, kind: str) -> str:
        """Mint a join link."""
        return self.keep(kind, f"https://join.example.com/k/{self.text(kind)}")

    def address(self, kind: str) -> str:
        """Mint an IP address."""
        number = self._next()
        return self.keep(kind, f"10.90.{number // 250 % 250}.{number % 250 + 1}")

    def _next(self) -> int:
        """Return the next number, so that no two secrets are alike."""
        self._count += 1
        return self._count
