"""An emulated AWS on this machine, for the environment `local`: moto, mended where it is wrong."""
