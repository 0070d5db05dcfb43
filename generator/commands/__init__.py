"""One file per command. They alone print, ask the time and read the environment."""
