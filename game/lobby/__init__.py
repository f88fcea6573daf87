"""The lobby: campaigns, members, invitations and characters as pages."""
