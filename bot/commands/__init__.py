"""Commands of `lotse`, one file each with a click command named `command`."""

ACTOR = "kommandozeile"  # who does what is done here, in the audit, unless a name is given
