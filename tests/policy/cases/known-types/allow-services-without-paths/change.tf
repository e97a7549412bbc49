# why: Queues, topics, tables, parameters, alarms, records and certificates open no network path.

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
resource "aws_sns_topic" "alarms" {
  name = "alarms"
}
resource "aws_dynamodb_table" "glossary" {
  name         = "glossary"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "term"
  attribute {
    name = "term"
    type = "S"
  }
}
resource "aws_ssm_parameter" "model" {
  name  = "/translator/model"
  type  = "String"
  value = "gemma3n:e4b"
}
resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  alarm_name          = "unhealthy"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "UnHealthyHostCount"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 3
  alarm_actions       = [aws_sns_topic.alarms.arn]
  dimensions          = { LoadBalancer = aws_lb.translator.arn_suffix, TargetGroup = aws_lb_target_group.ollama.arn_suffix }
}
resource "aws_ecr_repository" "tools" {
  name = "tools"
}
