"""The conversation as a fold of facts. Pure and total: no clock, no chance, no disk."""
