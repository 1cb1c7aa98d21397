"""The live channel: what changed on the desk reaches the windows that are open, by a stream or by asking."""
