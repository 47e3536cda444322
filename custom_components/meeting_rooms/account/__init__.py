"""The state of one account: what its coordinator stores and how polls update it."""
