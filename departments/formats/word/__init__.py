"""Word files: what a template may say, ours, filling one in, its contents, and what is refused of an uploaded one."""
