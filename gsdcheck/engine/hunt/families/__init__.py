"""The families that cases come from: weights, states and steps by the thousand, drawn with NumPy."""
