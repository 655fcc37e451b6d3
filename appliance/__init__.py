"""Penstock: a Kafka-compatible streaming appliance."""

__version__ = "0.1.0"
