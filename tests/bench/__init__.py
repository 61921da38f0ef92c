"""Figures for the README, measured on this machine: `make bench`."""
