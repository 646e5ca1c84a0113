"""Hundreds of kiosks that follow one backend on PostgreSQL while several writers commit.

Everything is real but the kiosks: the product's backend process, a PostgreSQL that is durable at
every commit, and writers in processes of their own whose commits are held back for a random moment,
so that later revisions would overtake earlier ones if anything let them.
"""

from kiosk.tools.bench.fleet.run import follow_together

__all__ = ["follow_together"]
