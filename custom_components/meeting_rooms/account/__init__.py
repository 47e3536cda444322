"""The state of one account: what its coordinator keeps and how it is updated."""
