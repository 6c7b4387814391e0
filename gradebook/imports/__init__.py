"""From parsed files to facts: who and what is meant, what would change, writing it, taking it back."""
