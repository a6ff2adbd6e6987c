"""What every room stands on: ids, clock, actors, policies, actions, the journal, errors. Knows nothing of ours."""
