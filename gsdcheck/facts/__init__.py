"""What holds of an activation or of weights: proposed here, decided by `certify`."""
