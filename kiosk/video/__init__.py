"""City cameras: a decoder thread a stream, pictures through shared-memory rings."""
