"""What a person typed or pasted, made fit to be a fact. Nothing is cut."""


def entered(text: str) -> str:
    """The text with line feeds as its only line ends, without NUL, and with U+FFFD for each lone surrogate.

    Terminals and clipboards hand over such characters; UTF-8, JSON and databases refuse them. Two surrogates that
    belong together become the one character they stand for. Entering twice changes nothing more.
    """
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
