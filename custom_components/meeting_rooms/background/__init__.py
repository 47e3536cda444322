"""Update parts of an account's state between the polls."""
