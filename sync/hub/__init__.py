"""The hub: it takes what tills recorded.  It starts without Qt, and tills never import it."""
