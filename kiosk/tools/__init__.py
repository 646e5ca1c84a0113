"""Tools for installers and testers, and those that keep the project true."""
