# why: Even a target that carries the whole design along leaves the plan partial.
# plan: -target=aws_lb_listener.https
# plan: -target=aws_autoscaling_group.ollama
# plan: -target=aws_cloudfront_distribution.ui
# plan: -target=aws_vpc_security_group_ingress_rule.clients
