"""The way home: steps, papers, escort, hand-over."""
