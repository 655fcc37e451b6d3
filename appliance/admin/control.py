"""What operators ask of the group that holds the metadata: its members, its leader, quotas.

A question has a name and a JSON object; the answer has an HTTP status and a JSON object, with an
`error` of one line unless it is 200. Every change may be asked for again: what is so already is
success. Only the leader changes anything; `forward` takes the question to it.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import trio

import raft
from appliance import limits
from appliance.admin.http import MEMBERS, Answer
from appliance.metadata import Image, Rejected, client_quotas, commands
from appliance.metadata.client_quotas import InvalidQuotaError
from raft.configuration import is_address, listed

__all__ = ["Control"]

_CHANGE_EVERY_S = 0.1
_UNKNOWN = "the leader changed meanwhile, and it may be done or not: repeat the command"


class Refusal(Exception):
    """The question is answered with this status and line."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class _Nothing(msgspec.Struct, forbid_unknown_fields=True):
    pass


class _Add(msgspec.Struct, forbid_unknown_fields=True):
    node: int
    address: str


class _Remove(msgspec.Struct, forbid_unknown_fields=True):
    node: int


class _Transfer(msgspec.Struct, forbid_unknown_fields=True):
    node: int | None = None


class _AlterQuotas(msgspec.Struct, forbid_unknown_fields=True):
    entity: dict[str, str | None]
    set: dict[str, float] = {}
    delete: list[str] = []


class Control:
    """Answers of one node.

    Args:
        raft_node: of this node.
        image: returns the metadata applied here.
        check_address: whether the links may use the address of a member; ValueError says why not.
        forward: takes (leader, name, body) to the leader and returns its answer.
    """

    def __init__(
        self,
        *,
        raft_node: raft.Node,
        image: Callable[[], Image],
        check_address: Callable[[str], None],
        forward: Callable[[int, str, bytes], Awaitable[Answer]],
    ) -> None:
        self._raft = raft_node
        self._image = image
        self._check_address = check_address
        self._forward = forward
        self._asked: dict[str, tuple[type, Callable[[Any], Awaitable[dict[str, Any]]]]] = {
            MEMBERS: (_Nothing, self._members),
            "cluster/add": (_Add, self._add),
            "cluster/remove": (_Remove, self._remove),
            "cluster/transfer-leader": (_Transfer, self._transfer),
            "quotas": (_Nothing, self._quotas),
            "quotas/alter": (_AlterQuotas, self._alter_quotas),
        }

    async def answer(self, name: str, body: bytes, *, may_forward: bool = True) -> Answer:
        """Returns the answer; whatever is asked, it is one.

        Args:
            name: of the question.
            body: a JSON object; empty: without fields.
            may_forward: False for what another node forwarded already.
        """
        try:
            return Answer(200, json.dumps(await self._do(name, body)).encode())
        except raft.NotLeaderError as error:
            leader = error.leader_hint
            if leader is None or leader == self._raft.status().node_id or not may_forward:
                text = "nobody leads just now: repeat the command"
                return _refusal(503, text)
        except Refusal as error:
            return _refusal(error.status, str(error))
        try:
            return await self._forward(leader, name, body)
        except raft.PeerUnreachableError:
            return _refusal(503, f"node {leader} leads and does not answer: repeat the command")
        except (raft.PeerLostError, raft.CallFailedError):
            return _refusal(503, _UNKNOWN)

    async def _do(self, name: str, body: bytes) -> dict[str, Any]:
        asked = self._asked.get(name)
        if asked is None:
            raise Refusal(404, f"there is no {name}")
        kind, act = asked
        try:
            wanted = msgspec.json.decode(body or b"{}", type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refusal(400, f"{name}: {error}") from error
        try:
            return await act(wanted)
        except (raft.MembershipRefusedError, raft.TransferFailedError) as error:
            raise Refusal(409, f"{error}: nothing was changed") from error
        except raft.OutcomeUnknownError as error:
            raise Refusal(503, _UNKNOWN) from error

    # Members.

    async def _members(self, _: _Nothing) -> dict[str, Any]:
        await trio.lowlevel.checkpoint()
        status = self._raft.status()
        return {
            "node": status.node_id,
            "leader": status.leader,
            "voters": list(status.voters),
            "observers": list(status.observers),
            "removed": list(status.removed),
            "addresses": {str(node): address for node, address in status.addresses.items()},
            "without_disk": list(status.peers_without_disk),
            "voters_awaited": list(status.voters_awaited),
            "told_removed": {str(node): index for node, index in status.told_removed.items()},
        }

    async def _add(self, asked: _Add) -> dict[str, Any]:
        node_id, address = asked.node, asked.address
        if not 0 <= node_id < 1 << 31:
            raise Refusal(400, f"node id {node_id} is not from 0 to 2147483647")
        try:
            if not is_address(address):
                raise ValueError("it is empty or far too long")
            self._check_address(address)
        except ValueError as error:
            text = f"{address[:80]} is no address for node {node_id}: {error}"
            raise Refusal(400, text) from None
        self._check_leads()
        status = self._raft.status()
        if node_id in status.removed:
            raise Refusal(
                409,
                f"node {node_id} was removed and stays removed: start that machine with a broker_id"
                " that was never used and an empty data folder, then add this one",
            )
        is_member = node_id in status.voters or node_id in status.observers
        if not is_member:
            await self._change(node_id, raft.Membership.OBSERVER, address=address)
        elif status.addresses.get(node_id) != address:
            present = raft.Membership.VOTER
            if node_id in status.observers:
                present = raft.Membership.OBSERVER
            await self._change(node_id, present, address=address)
        if node_id not in status.voters:
            await self._promote(node_id, address)
        return {"text": f"node {node_id} votes"}

    async def _promote(self, node_id: int, address: str) -> None:
        """Makes an observer a voter as soon as it holds the log."""
        try:
            await self._change(
                node_id, raft.Membership.VOTER, patience_s=limits.MEMBER_CATCH_UP_S_MAX
            )
        except raft.MembershipRefusedError as error:
            raise Refusal(
                409,
                f"node {node_id} follows the log and does not vote yet ({error}): start it with the"
                f" same cluster_id and {address} as its node.listener, then repeat the command",
            ) from error

    async def _change(
        self,
        node_id: int,
        membership: raft.Membership,
        *,
        address: str | None = None,
        patience_s: float = limits.MEMBER_CHANGE_S_MAX,
    ) -> None:
        """Changes a member as soon as it may be changed: most of what is in the way goes by.

        Raises:
            raft.MembershipRefusedError: it does not.
        """
        deadline = trio.current_time() + patience_s
        while True:
            try:
                await self._raft.change_member(node_id, membership, address=address)
                return
            except raft.MembershipRefusedError:
                if trio.current_time() > deadline:
                    raise
            await trio.sleep(_CHANGE_EVERY_S)

    async def _remove(self, asked: _Remove) -> dict[str, Any]:
        self._check_leads()
        node_id, status = asked.node, self._raft.status()
        if node_id in status.removed:
            return {"text": f"node {node_id} was removed before"}
        if node_id not in status.voters and node_id not in status.observers:
            raise Refusal(404, f"node {node_id} is no member: voters are {listed(status.voters)}")
        if node_id == status.node_id:
            raise Refusal(
                409,
                f"node {node_id} leads: `penstock cluster transfer-leader` first, then repeat the"
                " command",
            )
        await self._change(node_id, raft.Membership.REMOVED)
        return {"text": f"node {node_id} is removed for ever; stop it"}

    async def _transfer(self, asked: _Transfer) -> dict[str, Any]:
        self._check_leads()
        status = self._raft.status()
        if asked.node == status.node_id:
            return {"text": f"node {asked.node} leads already"}
        others = [voter for voter in status.voters if voter != status.node_id]
        if asked.node is not None:
            if asked.node not in others:
                raise Refusal(404, f"node {asked.node} is no other voter: {listed(others)} are")
            others = [asked.node]
        for target in others:
            try:
                await self._raft.transfer_leadership(target)
            except raft.TransferFailedError:
                continue
            return {"text": f"node {status.node_id} handed over to node {target}"}
        raise Refusal(
            409,
            f"{listed(others) or 'nobody else'} did not take over, node {status.node_id} leads on:"
            " see that the target runs, then repeat the command",
        )

    def _check_leads(self) -> None:
        status = self._raft.status()
        if status.leader != status.node_id:
            raise raft.NotLeaderError(status.leader)

    # Quotas.

    async def _quotas(self, _: _Nothing) -> dict[str, Any]:
        await self._raft.read_barrier()
        return {
            "quotas": [
                {"entity": dict(entity), "values": {k: float(v) for k, v in sorted(values.items())}}
                for entity, values in sorted(
                    self._image().client_quotas.items(), key=lambda item: repr(item[0])
                )
            ]
        }

    async def _alter_quotas(self, asked: _AlterQuotas) -> dict[str, Any]:
        try:
            entity = client_quotas.check_entity(asked.entity.items())
            for key in (*asked.set, *asked.delete):
                client_quotas.check_key(entity, key)
            for key, value in asked.set.items():
                client_quotas.check_value(key, value)
            command = commands.encode(
                commands.AlterClientQuotas(
                    entity=entity,
                    set={key: repr(value) for key, value in sorted(asked.set.items())},
                    delete=tuple(sorted(set(asked.delete))),
                )
            )
        except (InvalidQuotaError, commands.InvalidCommandError) as error:
            raise Refusal(400, str(error)) from error
        try:
            altered = await self._raft.propose(command)
        except raft.CommandRejected as error:
            cause = error.args[0] if error.args else error
            text = cause.message if isinstance(cause, Rejected) else str(cause)
            raise Refusal(400, text) from None
        assert isinstance(altered, dict)
        return {"values": {key: float(value) for key, value in sorted(altered.items())}}


def _refusal(status: int, text: str) -> Answer:
    return Answer(status, json.dumps({"error": " ".join(text.split())}).encode())
