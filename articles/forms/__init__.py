"""What the desk sends in: parsed and checked here, decided by the services."""
