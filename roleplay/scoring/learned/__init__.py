"""The trained coder: a small network read with onnxruntime, and what is made of its answers."""
