"""A laboratory for Raft groups: fake disks, networks and clocks, laws, scenarios, simulation.

Everything runs in one process, in virtual time, and is a function of a seed. README.md of this
folder shows how to use it.
"""

from raft.testing.clock import SkewedClock
from raft.testing.cluster import Cluster, Member
from raft.testing.disk import Crashed, Fault, MemoryFiles
from raft.testing.faults import Faults
from raft.testing.laws import Laws, Violation
from raft.testing.linearizability import Operation, find_violation
from raft.testing.minimize import Minimal, minimize
from raft.testing.network import Network
from raft.testing.registers import Registers
from raft.testing.script import ScenarioError, run_scenario
from raft.testing.simulation import Report, simulate
from raft.testing.timeline import Recorder

__all__ = [
    "Cluster",
    "Crashed",
    "Fault",
    "Faults",
    "Laws",
    "Member",
    "MemoryFiles",
    "Minimal",
    "Network",
    "Operation",
    "Recorder",
    "Registers",
    "Report",
    "ScenarioError",
    "SkewedClock",
    "Violation",
    "find_violation",
    "minimize",
    "run_scenario",
    "simulate",
]
