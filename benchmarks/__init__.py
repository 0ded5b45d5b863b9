"""How fast Roundsman is, measured over real HTTP against the simulator; see README.md."""
