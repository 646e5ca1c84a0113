"""Where the wall's figures come from: every registered source and how it does."""
