# why: The default answers 404, a rule forwards the API's paths, a second certificate stands beside.

resource "aws_lb_listener" "https" {
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
      message_body = "Not here"
    }
  }
}
