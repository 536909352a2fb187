"""What a person typed: one module a noun."""
