"""What a room is: pure functions and models without I/O."""
