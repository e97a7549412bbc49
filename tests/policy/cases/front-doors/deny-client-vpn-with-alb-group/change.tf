# why: A Client VPN endpoint carries the load balancer's group: its users reach 11434 past the load balancer.

resource "aws_ec2_client_vpn_endpoint" "remote" {
  server_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-8888-2222-3333-444455556666"
  client_cidr_block      = "10.99.0.0/22"
  vpc_id                 = aws_vpc.translator.id
  security_group_ids     = [aws_security_group.alb.id]
  authentication_options {
    type                       = "certificate-authentication"
    root_certificate_chain_arn = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-9999-2222-3333-444455556666"
  }
  connection_log_options {
    enabled = false
  }
}
resource "aws_ec2_client_vpn_network_association" "remote" {
  client_vpn_endpoint_id = aws_ec2_client_vpn_endpoint.remote.id
  subnet_id              = aws_subnet.private["a"].id
}
