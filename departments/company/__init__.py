"""What belongs to the company and to no edition: the numbers of its papers, its holders, who does what in it."""
