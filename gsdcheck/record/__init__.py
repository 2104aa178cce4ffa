"""The record: plain data with a schema, a canonical form and a digest. A contract: others parse it."""
