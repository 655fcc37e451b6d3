"""The metadata quorum and the features of the cluster. Source: KIP-595, KIP-584, KIP-1022.

Features are facts of this build, so none is raised or lowered: `metadata.version` says which Kafka
release's admin protocol is spoken. `group.version`, `transaction.version` and the others appear
when what they promise is served; a Java producer would otherwise begin transactions.
"""

from typing import Any

from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot
from appliance.server.context import Context

_DESCRIBE_QUORUM = 55
_UPDATE_FEATURES = 57
_METADATA_TOPIC = "__cluster_metadata"
_NO_DIRECTORY = bytes(16)

FEATURES = {"metadata.version": 30}
"""Name -> the one level that is supported and finalized; 30 is that of Kafka 4.3."""

_UPGRADE, _SAFE_DOWNGRADE, _UNSAFE_DOWNGRADE = 1, 2, 3


def handle_describe_quorum(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer the one voter of the metadata, in the terms of Kafka's own metadata log."""
    message = messages.DescribeQuorumResponse
    wanted = [(topic.topic_name, [p.partition_index for p in topic.partitions])
              for topic in request.topics]  # fmt: skip
    nodes: list[Any] = []
    if wanted == [(_METADATA_TOPIC, [0])]:
        topics = [message.TopicData(topic_name=_METADATA_TOPIC, partitions=[_metadata(context)])]
        nodes = [
            message.Node(
                node_id=context.broker_id,
                listeners=[
                    message.Listener(name="PLAINTEXT", host=context.host, port=context.port)
                ],
            )
        ]
    else:
        topics = [
            message.TopicData(
                topic_name=name,
                partitions=[
                    message.PartitionData(
                        partition_index=index,
                        error_code=int(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
                        error_message="only the metadata has a quorum",
                        current_voters=[],
                        observers=[],
                    )
                    for index in indexes
                ],
            )
            for name, indexes in wanted
        ]
    response = message(
        error_code=0, error_message="", topics=topics, nodes=nodes if version >= 2 else []
    )
    slot.complete(*codec.encode_response_frame(_DESCRIBE_QUORUM, version, correlation_id, response))


def _metadata(context: Context) -> Any:
    message = messages.DescribeQuorumResponse
    status = context.raft_status()
    now_ms = context.now_ms()
    return message.PartitionData(
        partition_index=0,
        error_code=0,
        error_message="",
        leader_id=-1 if status.leader is None else status.leader,
        leader_epoch=status.term,
        # An offset is the next one, an index the last one.
        high_watermark=status.commit_index + 1,
        current_voters=[
            message.ReplicaState(
                replica_id=voter,
                replica_directory_id=_NO_DIRECTORY,
                log_end_offset=status.last_index + 1,
                last_fetch_timestamp=now_ms,
                last_caught_up_timestamp=now_ms,
            )
            for voter in status.voters
        ],
        observers=[],
    )


def handle_update_features(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Accept the levels that hold; refuse all of a request when one of it is another."""
    message = messages.UpdateFeaturesResponse
    code, text, results = 0, None, list[Any]()
    for update in request.feature_updates:
        reason = _refusal(update, version)
        if reason is not None:
            code = int(ErrorCode.INVALID_UPDATE_VERSION)
            text = (
                "The update failed for all features since the following feature had an error:"
                f" Invalid update version {update.max_version_level} for feature"
                f" {update.feature}. {reason}"
            )
            break
    if version <= 1 and code == 0:
        results = [
            message.UpdatableFeatureResult(feature=update.feature, error_code=0, error_message=None)
            for update in request.feature_updates
        ]
    response = message(throttle_time_ms=0, error_code=code, error_message=text, results=results)
    slot.complete(*codec.encode_response_frame(_UPDATE_FEATURES, version, correlation_id, response))


def _refusal(update: Any, version: int) -> str | None:
    """Return why a level cannot be set, or None when it is the one that holds."""
    level = FEATURES.get(update.feature)
    kind = update.upgrade_type
    if version == 0:
        kind = _SAFE_DOWNGRADE if update.allow_downgrade else _UPGRADE
    if kind not in (_UPGRADE, _SAFE_DOWNGRADE, _UNSAFE_DOWNGRADE):
        return "The upgrade type is not known."
    if level is None:
        return "This node does not support this feature."
    if update.max_version_level < 0:
        return "A feature version cannot be less than 0."
    if update.max_version_level < level and kind == _UPGRADE:
        return "A feature cannot be downgraded without an upgrade type of safe or unsafe downgrade."
    if update.max_version_level != level:
        return f"This node supports version {level} alone."
    return None
