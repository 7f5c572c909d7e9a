"""Programs that are compiled once and run often, and the engines that run them."""
