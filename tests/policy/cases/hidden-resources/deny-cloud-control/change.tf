# why: Cloud Control makes any resource from a string.

resource "aws_cloudcontrolapi_resource" "rule" {
  type_name = "AWS::EC2::SecurityGroupIngress"
  schema    = jsonencode({ typeName = "AWS::EC2::SecurityGroupIngress", properties = { GroupId = { type = "string" } } })
  desired_state = jsonencode({
    GroupId = "sg-0aaaabbbbccccdddd", IpProtocol = "tcp", FromPort = 11434, ToPort = 11434, CidrIp = "0.0.0.0/0"
  })
}
