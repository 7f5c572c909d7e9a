"""How many units in the last place each rule is off, beside other engines: docs/accuracy.md."""
