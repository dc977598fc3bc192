"""The composition root: the commands of `karogs`. Only here are settings read and parts put together."""
