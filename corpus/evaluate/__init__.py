"""How well the program reads: `python -m corpus.evaluate > docs/evaluation.md`."""
