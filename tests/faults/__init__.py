"""Every fault that the reliability page promises something about."""
