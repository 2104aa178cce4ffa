"""What a hunt judges: for each claim the cases it speaks of, and the margins that floats see on them."""
