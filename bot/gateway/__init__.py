"""The visitor's edge: the chat page, its API, the form without JavaScript, and Telegram."""
