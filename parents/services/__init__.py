"""What people do with conversations and notices; one transaction a deed."""
