# why: A network load balancer before ours is live, and this plan deletes it.
