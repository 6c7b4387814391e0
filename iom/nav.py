"""The entries of routes, journals and mentoring in the navigation. Each part registers its own."""
