"""Who runs the shards: this process, processes of this machine, or a Dask cluster; the outcome is the same."""

from gsdcheck.engine.hunt.executors.executor import Executor
from gsdcheck.engine.hunt.executors.processes import Processes
from gsdcheck.engine.hunt.executors.this_process import ThisProcess
from gsdcheck.engine.hunt.shard import Search

__all__ = ["Executor", "Processes", "ThisProcess", "executor"]


def executor(search: Search, *, jobs: int = 1, scheduler: str | None = None) -> Executor:
    """What runs the shards: the Dask cluster at that address, or so many processes, or for one job this process.

    Raises:
        InvalidInput: the scheduler cannot be reached, or `dask.distributed` is not installed.
    """
    if scheduler is not None:
        from gsdcheck.engine.hunt.executors.cluster import Cluster

        return Cluster(search, scheduler)
    return ThisProcess(search) if jobs == 1 else Processes(search, jobs)
