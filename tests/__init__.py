"""The tests: one folder for each package, meta for rules about the code itself, browser for Chromium."""
