"""Object format, object store port and adapters, and the cached reader. See README.md."""
