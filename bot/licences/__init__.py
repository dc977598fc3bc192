"""Public lists of licensed recruitment firms and companies: read, matched with the names in a text, told in words."""
