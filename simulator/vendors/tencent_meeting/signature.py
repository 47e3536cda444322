"""Sign requests as Tencent Meeting's own client does."""

from base64 import b64encode
import hashlib
import hmac


def string_to_sign(
    method: str, target: str, body: str, *, secret_id: str, nonce: str, timestamp: str
) -> str:
    """Return the text to sign; the target is the path and query exactly as sent."""
    headers = f"X-TC-Key={secret_id}&X-TC-Nonce={nonce}&X-TC-Timestamp={timestamp}"
    return f"{method}\n{headers}\n{target}\n{body}"


def signature(secret_key: str, text: str) -> str:
    """Return base64 of the lower-case hex of HMAC-SHA256."""
    digest = hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()
    return b64encode(digest.encode()).decode()
