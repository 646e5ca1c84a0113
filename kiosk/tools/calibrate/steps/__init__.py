"""The stops of the walk, a file each: what to do, and what the figures mean."""
