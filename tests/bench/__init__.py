"""Figures for README.md beside this file, measured on this machine: `make bench`."""
