"""Connectors of Seoul's Open Data Plaza and of its subway and hot spot services.

Most services answer with flat rows: a `Table` of data says what the columns are. What is not flat,
or needs a rule of its own, has a module with that rule.
"""
