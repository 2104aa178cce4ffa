"""The search for counterexamples: rounds of shards, a ledger, candidates, and what becomes of them."""
