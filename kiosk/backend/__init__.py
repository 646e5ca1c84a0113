"""The city backend: catalogue, store, simulator, sync API. Shares only wire with the rest."""
