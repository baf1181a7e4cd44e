"""Questions that can be asked of a community, one a file; `run` and `compare` are here for notebooks."""

from typing import Any

__all__ = ["compare", "run"]


def __getattr__(name: str) -> Any:
    """Return `run` or `compare`, loaded only when they are asked for: `--help` needs neither."""
    if name not in __all__:
        raise AttributeError(f"module 'experiments' has no attribute {name!r}")
    from experiments import notebook

    return getattr(notebook, name)
