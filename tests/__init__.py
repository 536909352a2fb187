"""The tests mirror the rooms of `departments`; browser/ holds those that need Chromium."""
