"""The till without a screen: no Qt, no HTTP."""

__version__ = "0.1.0"

# The version of everything that decides what a fact holds and how it is kept (fiscal.md R44).
FISCAL_VERSION = "1.0"
