"""The jobs: verify, inspect, replay. Each ends in a record."""
