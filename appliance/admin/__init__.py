"""HTTP of a node for operators: /health, /ready, /metrics."""

from appliance.admin.http import serve

__all__ = ["serve"]
