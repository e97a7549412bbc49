# why: The compliant design itself, planned against nothing.
