"""The till without a screen: no Qt, no HTTP."""

__version__ = "0.1.0"
