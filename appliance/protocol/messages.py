"""Message classes by Kafka's names, e.g. `messages.ProduceRequest.TopicProduceData`.

Each API's module is imported at first use, so that starting a node stays fast.
"""

import importlib
from typing import Any

from appliance.protocol.generated import MODULES


def __getattr__(name: str) -> Any:
    stem = MODULES.get(name)
    if stem is None:
        raise AttributeError(name)
    module = importlib.import_module(f"appliance.protocol.generated.{stem}")
    value = getattr(module, name)
    globals()[name] = value
    return value
