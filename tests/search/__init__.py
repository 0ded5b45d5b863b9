"""How well customers are found: a made-up bank, and what people would type for its firms."""
