"""The wall's shell: theme, components, overlays. Holds no state but what was pushed into it."""
