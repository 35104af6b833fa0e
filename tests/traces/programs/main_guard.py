# feature: a main guard, __name__, __doc__ and other module attributes
"""Docstring."""
import sys

__version__ = "1.0"
__all__ = ["main"]
_private = 1
__mangled = 2


def main():
    return __name__


assert main() in ("__main__", "candidate")
if __name__ == "__main__":
    ran = main()
    sys.exit(main() == "")
