"""Draw the brand images: a house with a meeting table, seen from above."""
