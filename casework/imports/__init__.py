"""Cases read from CSV and XLSX files."""
