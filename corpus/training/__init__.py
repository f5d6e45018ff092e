"""How the weights of the coder are made from the labelled replies: `python -m corpus.training`.

Needs the extra `train` (torch, transformers, onnx). Nothing here is imported by the program.
"""
