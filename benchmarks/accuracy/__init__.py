"""The error of each rule in units in the last place, compared with other engines."""
