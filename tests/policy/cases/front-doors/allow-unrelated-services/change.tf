# why: A database, a cache, a file system and a function in the VPC with groups of their own front nothing of the translator.

resource "aws_security_group" "data" {
  name   = "data"
  vpc_id = aws_vpc.translator.id
  ingress {
    protocol  = "tcp"
    from_port = 5432
    to_port   = 5432
    self      = true
  }
}
resource "aws_db_subnet_group" "glossary" {
  name       = "glossary"
  subnet_ids = values(aws_subnet.private)[*].id
}
resource "aws_db_instance" "glossary" {
  identifier                  = "glossary"
  engine                      = "postgres"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "glossary"
  manage_master_user_password = true
  storage_encrypted           = true
  skip_final_snapshot         = true
  db_subnet_group_name        = aws_db_subnet_group.glossary.name
  vpc_security_group_ids      = [aws_security_group.data.id]
}
resource "aws_lambda_function" "glossary" {
  function_name = "glossary"
  role          = aws_iam_role.flow.arn
  runtime       = "python3.12"
  handler       = "index.handler"
  s3_bucket     = "glossary-code-123456789012"
  s3_key        = "glossary.zip"
  vpc_config {
    subnet_ids         = values(aws_subnet.private)[*].id
    security_group_ids = [aws_security_group.data.id]
  }
}
