"""The city backend: catalogue, store, simulator and the sync API. Shares only wire with the rest."""
