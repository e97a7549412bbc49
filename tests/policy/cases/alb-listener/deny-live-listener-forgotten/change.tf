# why: Terraform only forgets the live listener on port 80; it goes on answering.

removed {
  from = aws_lb_listener.plain
  lifecycle {
    destroy = false
  }
}
