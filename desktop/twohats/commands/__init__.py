"""Commands of the command line, one file each: `add_to` makes its parser and says what runs it."""
