"""The uploader: WAL -> one object of many partitions -> metadata commit -> extents freed."""

from appliance.uploader.uploader import Uploader

__all__ = ["Uploader"]
