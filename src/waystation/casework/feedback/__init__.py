"""What people say of us: praise, questions, complaints, without a name if they wish, and what came of it."""
