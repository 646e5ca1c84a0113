"""Open standards: a source that speaks one of them needs a declaration and no code."""
