"""The build's own helpers: what the machine needs, the environment, the checks, the tests, the pictures."""
