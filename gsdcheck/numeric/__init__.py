"""Fast float64: trees, fields, integrators, diagnostics. Everything here is rounded; nothing here decides."""
