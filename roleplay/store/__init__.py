"""The durable list of facts: on disk before they are on the screen."""
