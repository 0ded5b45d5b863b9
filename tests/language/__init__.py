"""Our own corpora of phrases and notes, and the program that scores the readers on them."""
