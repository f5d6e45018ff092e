"""The second opinion: an outside model reads a reply beside the built-in coder, never instead of it."""
