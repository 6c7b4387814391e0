"""Work with parents: conversations, notices, surveys."""
