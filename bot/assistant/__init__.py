"""All that runs inside Rasa's process: components, channel, stores, responses. `process` says how it is started."""
