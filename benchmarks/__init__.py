"""Speed and memory, compared with other engines: `python -m benchmarks`."""
