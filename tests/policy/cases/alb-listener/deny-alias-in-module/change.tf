# why: A plain listener, by the type's other name, in a module that is called for each port.

module "listeners" {
  source   = "./modules/listener"
  for_each = { plain = 8080 }
  balancer = aws_lb.translator
  port     = each.value
  target   = aws_lb_target_group.ollama.arn
}
