"""Track the bookings and the use of an account's rooms, and book them."""
