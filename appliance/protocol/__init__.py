"""Kafka's wire protocol: messages, framing, record batch headers. Pure; knows no broker."""
