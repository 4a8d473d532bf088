"""What happened in a running kernel: its own history and the runs the panel saw."""
