"""Steps that bring an earlier ledger to this release. The cache has none: it is rebuilt."""
