"""Floor 2: machinery that several rooms share. Its rooms are strangers to one another."""
