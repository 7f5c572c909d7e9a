"""The error of each rule in units in the last place, beside other engines: docs/accuracy.md."""
