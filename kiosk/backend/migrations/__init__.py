"""Steps that bring an earlier release's store to this one."""
