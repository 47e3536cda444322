"""Play Tencent Meeting."""
