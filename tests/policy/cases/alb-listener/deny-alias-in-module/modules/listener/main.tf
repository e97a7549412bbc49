variable "balancer" {
  type = object({ arn = string })
}
variable "port" {
  type = number
}
variable "target" {
  type = string
}
resource "aws_alb_listener" "this" {
  load_balancer_arn = var.balancer.arn
  port              = var.port
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = var.target
  }
}
