"""The feedback that slips of beginners get: `make feedback` tries them and writes the pages in docs/feedback/."""
