"""Floor 0: what any institution's software needs. It knows no word of hospitals or the party."""
