"""Other systems are told when an edition comes in force.

deliveries   what is to be sent, stored with the step itself; sent by the print worker's queue, again where it failed
sending      one signed POST, to no address inside the house that nobody allowed
"""
