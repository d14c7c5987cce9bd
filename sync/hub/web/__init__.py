"""Head office's pages: made at the hub, refreshed by htmx, with no build step."""

from sync.hub.web.site import web_router

__all__ = ["web_router"]
