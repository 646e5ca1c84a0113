"""The heart: commands, dispatcher, policy, state. No Qt, no files, no sockets."""
