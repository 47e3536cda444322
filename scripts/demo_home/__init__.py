"""A real Home Assistant with the simulated vendors: for a person to look at, or to check itself."""
