"""Integration methods on lanes: one file a family, each a function of lanes that returns a step."""
