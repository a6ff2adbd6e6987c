"""The day of a post: when it was open, who was served without a name, also on a phone without a line."""
