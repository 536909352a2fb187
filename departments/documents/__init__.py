"""The design document: the one form in which a whole design leaves or enters the database."""
