"""The local store: a cache that may be thrown away and a ledger that may not."""
