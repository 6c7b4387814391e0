"""What people do with conversations, notices, links, events and surveys; one transaction a deed."""
