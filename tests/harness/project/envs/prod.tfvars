owner  = "platform"
region = "eu-west-1"
