"""The Kafka listener: connections, dispatch, and one handler module per API family."""
