"""Kills, full disks and losses of power at any step: nothing acknowledged is lost, nothing half done is taken for whole."""
