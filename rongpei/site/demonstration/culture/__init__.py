"""The cultural life of the demonstration: programmes, works, health science and campaign weeks, all of our own writing."""
