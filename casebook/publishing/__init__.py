"""What a chapter hands to the book, the house style, and how a thing is cited."""
