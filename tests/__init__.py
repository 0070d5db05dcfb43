"""The tests, a package so that they can share helpers and two folders can use one file name."""
