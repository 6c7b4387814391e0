"""Work with parents: conversations, notices."""
