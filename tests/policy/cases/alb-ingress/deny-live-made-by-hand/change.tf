# why: A rule that someone made by hand stands in the group's live ingress; no resource of the plan removes it.
