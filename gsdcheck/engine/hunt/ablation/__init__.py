"""Dropping the assumptions of a claim one at a time: which of them does it need?"""
