"""Play the vendors themselves."""
