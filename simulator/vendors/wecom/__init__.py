"""Play WeCom."""
