"""A simulated class on real connections: waiting times and costs. Not collected by pytest: run `make load`."""
