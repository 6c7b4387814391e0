"""Work with parents: conversations, notices, personal links, events, surveys."""
