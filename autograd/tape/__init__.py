"""Programs: what a function computed, recorded as instructions."""
