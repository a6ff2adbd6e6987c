"""Following one person over time: an owner, a plan, tasks, decisions of two, and an end with a reason."""
