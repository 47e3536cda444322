"""Play Quanshi."""
