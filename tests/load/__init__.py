"""A class on real connections: what it waits for, and what it costs. Not collected by pytest: run `make load`."""
