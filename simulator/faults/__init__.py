"""Let things go wrong on purpose."""

from .fault import Fault, FaultKind
from .register import Faults

__all__ = ["Fault", "FaultKind", "Faults"]
