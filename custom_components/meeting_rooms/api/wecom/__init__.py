"""WeCom Rooms."""
