"""What the figures of the README and the trained weights come from."""
