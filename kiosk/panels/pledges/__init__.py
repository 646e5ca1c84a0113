"""Pledges: visions, areas, tasks, late ones first."""
