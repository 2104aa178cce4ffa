"""Towards readable mathematics: the smallest case on which the claim still fails."""
