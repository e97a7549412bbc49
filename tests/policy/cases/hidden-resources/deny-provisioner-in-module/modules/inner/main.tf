resource "aws_sqs_queue" "jobs" {
  name = "jobs"
  provisioner "local-exec" {
    interpreter = ["/bin/sh", "-c"]
    command     = "./after.sh"
    on_failure  = continue
  }
}
