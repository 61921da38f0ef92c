"""What a sentence does with its words: who or what it speaks of, what it denies, asks, advises or hedges, and disguises."""
