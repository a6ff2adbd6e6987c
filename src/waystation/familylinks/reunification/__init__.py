"""Family reunification: proof, consent of both, what is best for a child, steps, travel."""
