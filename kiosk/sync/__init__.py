"""Follows the city backend into the cache, and writes the ledger. The only writer of both."""
