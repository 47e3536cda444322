"""Play the company whose rooms the vendors look after."""
