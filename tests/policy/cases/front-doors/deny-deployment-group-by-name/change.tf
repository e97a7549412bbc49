# why: A deployment group names the instances' group by its name and runs what it is given on them.

resource "aws_codedeploy_app" "roll" {
  name = "roll"
}

resource "aws_codedeploy_deployment_group" "roll" {
  app_name              = aws_codedeploy_app.roll.name
  deployment_group_name = "roll"
  service_role_arn      = aws_iam_role.host.arn
  autoscaling_groups    = [aws_autoscaling_group.ollama.name]
}
