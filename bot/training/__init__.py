"""What staff do with models: evaluate, explain, compare. Starts Rasa as a child process, never imports it."""
