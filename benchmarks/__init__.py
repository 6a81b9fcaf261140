"""Side-by-side measurements against peers. `make benchmark` runs them and writes docs/benchmarks.md."""
