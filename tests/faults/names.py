"""Names of hosts, and certificates for them, that are good or not."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
import socket
from typing import Final, override

from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .line import LOOPBACK

_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL: Final = datetime(2099, 1, 1, tzinfo=UTC)
_PAST: Final = datetime(2021, 1, 1, tzinfo=UTC)
_MAY_SIGN: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(slots=True)
class Names(AbstractResolver):
    """Resolve every name to this machine, as long as the service works."""

    works: bool = True
    asked: list[str] = field(default_factory=list)

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return this machine's address."""
        self.asked.append(host)
        if not self.works:
            raise OSError(None, "no answer from the name server")
        return [
            ResolveResult(
                hostname=host,
                host=LOOPBACK,
                port=port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    @override
    async def close(self) -> None:
        """Have nothing to close."""

    async def real_close(self) -> None:
        """Have nothing to close when Home Assistant ends either."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who signs certificates."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def open(cls) -> Authority:
        """Return a new authority that nobody trusts yet."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        certificate = (
            _signable(name, name, key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_MAY_SIGN, critical=True)
            .sign(key, hashes.SHA256())
        )
        return cls(key, certificate)

    @property
    def pem(self) -> str:
        """Return what others must know to trust this authority."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def sign(self, host: str, until: datetime = _UNTIL) -> bytes:
        """Return a key and a certificate for a host, as one PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        certificate = (
            _signable(name, self.certificate.subject, key, until)
            .add_extension(
                x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(
                    self.key.public_key()
                ),
                critical=False,
            )
            .sign(self.key, hashes.SHA256())
        )
        return certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def sign_ended(self, host: str) -> bytes:
        """Return a key and a certificate that is no longer valid."""
        return self.sign(host, _PAST)


def _signable(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    until: datetime = _UNTIL,
) -> x509.CertificateBuilder:
    """Return a certificate that needs only its signature."""
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(until)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(public), critical=False
        )
    )
