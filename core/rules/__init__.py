"""Pure rules: who may see what, status machines, the working calendar. No I/O."""
