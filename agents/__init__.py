"""The bodies that govern and serve a community: one kind a file, behaviour and nothing else."""
