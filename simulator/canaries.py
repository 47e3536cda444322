"""Create secrets that a test can find wherever they leak."""

from base64 import b64encode
from collections.abc import Iterator


class Canaries:
    """Hold every secret that the simulator returns, in every encoding."""

    def __init__(self) -> None:
        """Start without secrets."""
        self._known: dict[str, str] = {}
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        """Iterate over the secrets in every encoding."""
        return iter(tuple(self._known))

    def __len__(self) -> int:
        """Return the number of secrets in every encoding."""
        return len(self._known)

    def __contains__(self, text: object) -> bool:
        """Return whether a text is a secret."""
        return text in self._known

    def of(self, kind: str) -> list[str]:
        """Return the secrets of one kind."""
        return [secret for secret, known in self._known.items() if known == kind]

    def kinds(self) -> set[str]:
        """Return the kinds of secret."""
        return set(self._known.values())

    def found_in(self, text: str) -> list[str]:
        """Return the secrets that a text contains."""
        return [secret for secret in self._known if secret in text]

    def add(self, kind: str, secret: str) -> str:
        """Add a secret that was created elsewhere."""
        self._known[secret] = kind
        return secret

    def text(self, kind: str) -> str:
        """Create a secret in plain text."""
        return self.add(kind, f"CANARY-{kind}-{self._next():05}")

    def base64(self, kind: str) -> str:
        """Create a secret that is returned in base64, and add both encodings."""
        return self.add(kind, b64encode(self.text(kind).encode()).decode())

    def broken_base64(self, kind: str) -> str:
        """Create a secret for a base64 field that is not valid base64."""
        return self.add(kind, f"CANARY_{kind}_{self._next():05}!X")

    def digits(self, kind: str, length: int) -> str:
        """Create a secret of digits that begins with 9090."""
        prefix = ("90" * length)[: length - 6]
        return self.add(kind, f"{prefix}{self._next():06}")

    def mobile(self, kind: str) -> str:
        """Create a Chinese mobile number."""
        return self.add(kind, f"19090{self._next():06}")

    def mail(self, kind: str) -> str:
        """Create a mail address."""
        return self.add(kind, f"canary-{kind}-{self._next():05}@example.com")

    def link(self, kind: str) -> str:
        """Create a join link."""
        return self.add(kind, f"https://join.example.com/k/{self.text(kind)}")

    def address(self, kind: str) -> str:
        """Create an IP address."""
        number = self._next()
        return self.add(kind, f"10.90.{number // 250 % 250}.{number % 250 + 1}")

    def _next(self) -> int:
        """Return a number that makes the next secret unique."""
        self._count += 1
        return self._count
