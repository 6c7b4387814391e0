"""Tags of pages that lead to personal links."""
