# why: A GameLift fleet opens inbound permissions of its own, and no model says how.

resource "aws_gamelift_fleet" "play" {
  name              = "play"
  build_id          = "build-0aaaabbb-1111-2222-3333-444455556666"
  ec2_instance_type = "c5.large"
  ec2_inbound_permission {
    from_port = 1
    to_port   = 60000
    ip_range  = "0.0.0.0/0"
    protocol  = "TCP"
  }
  runtime_configuration {
    server_process {
      concurrent_executions = 1
      launch_path           = "/local/game/server"
    }
  }
}
