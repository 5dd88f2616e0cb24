"""Help given: the ledger of services with its funds and caps, the needs of the first hour, stays."""
