"""Findings on disk: one file each, with all that it takes to see the failure again and to explain it."""
