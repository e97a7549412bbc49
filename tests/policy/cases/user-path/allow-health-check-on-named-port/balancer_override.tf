# why: The health check names the port that the instances open anyway.

resource "aws_lb_target_group" "ollama" {
  health_check {
    path     = "/"
    port     = "11434"
    protocol = "HTTP"
    matcher  = "200-299"
    interval = 15
  }
}
