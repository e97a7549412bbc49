# why: The origin is put together from variables by for, format and join.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(join("\n", concat(["#!/bin/sh"], [for name, value in local.settings : "export ${name}=${value}"], ["ollama serve", ""])))
}
