"""What "trace/1" computes, as a library with no Django in it: see `spec/exchange/tracing.md`."""
