# why: Containers of another service carry the load balancer's group.

resource "aws_ecs_cluster" "jobs" {
  name = "jobs"
}
resource "aws_ecs_task_definition" "job" {
  family                   = "job"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  container_definitions    = jsonencode([{ name = "job", image = "public.ecr.aws/docker/library/busybox:1.37", essential = true }])
}
resource "aws_ecs_service" "job" {
  name            = "job"
  cluster         = aws_ecs_cluster.jobs.id
  task_definition = aws_ecs_task_definition.job.arn
  desired_count   = 1
  launch_type     = "FARGATE"
  network_configuration {
    subnets         = values(aws_subnet.private)[*].id
    security_groups = [aws_security_group.alb.id]
  }
}
