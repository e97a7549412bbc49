# why: Scaling policies, schedules, hooks, dashboards, budgets and permissions open no network path.

resource "aws_autoscaling_policy" "requests" {
  name                   = "requests"
  autoscaling_group_name = aws_autoscaling_group.ollama.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 20
    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.translator.arn_suffix}/${aws_lb_target_group.ollama.arn_suffix}"
    }
  }
}
resource "aws_autoscaling_schedule" "night" {
  scheduled_action_name  = "night"
  autoscaling_group_name = aws_autoscaling_group.ollama.name
  recurrence             = "0 20 * * MON-FRI"
  min_size               = 0
  max_size               = 4
  desired_capacity       = 0
}
resource "aws_autoscaling_lifecycle_hook" "loaded" {
  name                   = "loaded"
  autoscaling_group_name = aws_autoscaling_group.ollama.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
  default_result         = "ABANDON"
  heartbeat_timeout      = 900
}
resource "aws_cloudwatch_dashboard" "translator" {
  dashboard_name = "translator"
  dashboard_body = jsonencode({ widgets = [] })
}
resource "aws_budgets_budget" "monthly" {
  name         = "monthly"
  budget_type  = "COST"
  limit_amount = "500"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
}
resource "aws_iam_role_policy" "host" {
  name   = "models"
  role   = aws_iam_role.host.id
  policy = data.aws_iam_policy_document.host.json
}
data "aws_iam_policy_document" "host" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::translator-models-123456789012/*"]
  }
}
