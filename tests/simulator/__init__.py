"""Test the simulator over real sockets."""
