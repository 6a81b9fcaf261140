"""What staff do, without any web page: roles, sign-in, inbox, analytics. The console (`bot/web/team/`) and the commands call it."""
