# why: Port 22 was opened by hand on the live group; it is in no resource.
