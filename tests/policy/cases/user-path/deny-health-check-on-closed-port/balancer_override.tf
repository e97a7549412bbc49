# why: The health check asks a port that the instances do not open, so no target is ever healthy.

resource "aws_lb_target_group" "ollama" {
  health_check {
    path = "/healthz"
    port = "8081"
  }
}
