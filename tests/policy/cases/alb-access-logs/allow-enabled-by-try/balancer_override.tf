# why: Modules of the registry switch the logs on where a bucket is named; AWS makes up the name of this one.

resource "aws_lb" "translator" {
  dynamic "access_logs" {
    for_each = length(local.access_logs) > 0 ? [local.access_logs] : []

    content {
      enabled = try(access_logs.value.enabled, try(access_logs.value.bucket, null) != null)
      bucket  = try(access_logs.value.bucket, null)
      prefix  = try(access_logs.value.prefix, null)
    }
  }
}
