"""A write-ahead log on a shared block volume: direct IO, group commit, fencing, recovery."""
