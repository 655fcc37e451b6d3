"""Write-ahead log on a shared volume: group commit, fencing, recovery. Knows no Kafka, no Raft."""
