"""The pages: one module a noun, function views that read from top to bottom."""
