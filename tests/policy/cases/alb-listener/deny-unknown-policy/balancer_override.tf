# why: The policy is known after the apply.

resource "aws_lb_listener" "https" {
  ssl_policy = terraform_data.policy.output
}
