# why: The listener answers everything itself.

resource "aws_lb_listener" "https" {
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "503"
    }
  }
}
