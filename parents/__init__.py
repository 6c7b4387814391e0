"""Work with parents: conversations, notices, personal links, surveys."""
