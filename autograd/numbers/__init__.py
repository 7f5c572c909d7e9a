"""The kinds of number that rules run over, and their elementary functions."""
