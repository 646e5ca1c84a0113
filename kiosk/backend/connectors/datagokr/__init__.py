"""Services behind the gateway of data.go.kr: one envelope, one table of result codes."""
