"""Words in, codes out, and what those codes are worth in a situation. Pure; knows no scenario."""
