"""Simulate errors of the vendors and of the network."""

from .active_faults import ActiveFaults
from .fault import Fault, FaultKind

__all__ = ["ActiveFaults", "Fault", "FaultKind"]
