"""Who works here and what each may do: organisations, users, roles, sessions, second factors, guards."""
