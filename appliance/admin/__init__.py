"""HTTP of a node for operators: /health, /ready, /metrics."""

from appliance.admin.http import listen, serve

__all__ = ["listen", "serve"]
