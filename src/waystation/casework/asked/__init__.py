"""What other organisations' nodes refer to us: asked without a name, told once we would help; the case stays theirs."""
