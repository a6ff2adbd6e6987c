"""Family news: Red Cross messages, free calls, and words that somebody is safe and well."""
