# why: Terraform only forgets the Instance Connect endpoint that carries the load balancer's group; it lives on.

removed {
  from = aws_ec2_instance_connect_endpoint.tunnel
  lifecycle {
    destroy = false
  }
}
