"""Readers' anonymous feedback on a page: was it clear, and what was missing?"""
