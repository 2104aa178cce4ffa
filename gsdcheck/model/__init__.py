"""What is talked about: expressions, activations, systems, cases, claims, verdicts. Standard library only."""
