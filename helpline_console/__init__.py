"""The operators' edge: sign-in, the queue by danger, the conversation with its evidence."""
