"""Benchmarks: our household kernels beside the same rules written by other means; `cogov bench` runs them."""
