"""Exact algebra in SymPy and python-flint polynomials. It proposes and explains; `certify` decides."""
