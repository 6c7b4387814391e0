"""The sections of the quarter's report that are made of parts: what is known beside marks and categories."""
