"""Statistics: KOSIS, and tables in files of every make."""
