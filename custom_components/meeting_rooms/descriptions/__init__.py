"""Entity descriptions by subject."""
