"""What a person sees first, put together by their duties."""
