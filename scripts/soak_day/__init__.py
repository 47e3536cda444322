"""A day of an office with many rooms and much trouble, lived through in minutes."""
