# why: An open inline rule is live and the configuration no longer has it.
