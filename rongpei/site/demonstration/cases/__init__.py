"""Membership cases of the demonstration: every act of a person's way, judged by the engine, stored in bulk."""
