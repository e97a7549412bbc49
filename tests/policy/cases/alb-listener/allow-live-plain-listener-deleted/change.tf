# why: A listener on port 80 is live and this plan deletes it.
