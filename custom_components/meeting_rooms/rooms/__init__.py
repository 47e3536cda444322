"""Models of rooms, and pure functions without I/O."""
