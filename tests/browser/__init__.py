"""Tests that drive Chromium over the pages, and the list of those pages."""
