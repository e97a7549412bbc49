# why: The open rule is live and this plan deletes it; the group's computed ingress still lists it.
