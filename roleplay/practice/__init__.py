"""The live loop: where the pure core meets the disk."""
