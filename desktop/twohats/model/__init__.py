"""The nouns: frozen, and free of everything else."""
