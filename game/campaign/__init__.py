"""Campaigns: members, invitations and characters; and what pages and the admin share."""
