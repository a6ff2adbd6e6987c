"""Four nodes on one machine, to try the road between them: who they are, what stands open, the line and the stick."""
