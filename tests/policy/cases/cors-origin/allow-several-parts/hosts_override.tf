# why: The user data is a MIME message of two parts, cloud-config and script.

resource "aws_launch_template" "ollama" {
  user_data = base64encode(<<-MIME
    Content-Type: multipart/mixed; boundary="PART"
    MIME-Version: 1.0

    --PART
    Content-Type: text/cloud-config; charset="us-ascii"

    #cloud-config
    package_update: true

    --PART
    Content-Type: text/x-shellscript; charset="us-ascii"

    #!/bin/sh
    export OLLAMA_HOST=0.0.0.0:11434
    export OLLAMA_ORIGINS=https://translate.corp.example
    ollama serve &

    --PART--
  MIME
  )
}
