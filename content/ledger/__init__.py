"""The ledger of what happened: one writer, triggers that refuse every change, a hash chain that reveals the rest."""
