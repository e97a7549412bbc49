# why: The target group sends to 8080, which the instances do not open.

resource "aws_lb_target_group" "ollama" {
  port = 8080
}
