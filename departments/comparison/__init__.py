"""What two structures do differently, who covers what, and whether a structure is sound."""
