"""What the assistant does when a rule calls for more than a sentence: run by rasa-sdk as a server of its own."""
