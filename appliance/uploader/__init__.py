"""The uploader: WAL -> one object of many partitions -> metadata commit -> extents freed."""

from appliance.uploader.ownership import Ownership
from appliance.uploader.uploader import Uploader, producers_max

__all__ = ["Ownership", "Uploader", "producers_max"]
