"""Programs that are compiled once and run often, and what else could run them."""
