"""What leaves as a file: within the reader's scope, under the page's masks, and written down."""
