"""Commands of `lotse`, one file each with a click command named `command`."""
