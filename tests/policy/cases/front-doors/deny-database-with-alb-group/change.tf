# why: A database carries the load balancer's group and with it the way to the instances.

resource "aws_db_instance" "glossary" {
  identifier                  = "glossary"
  engine                      = "postgres"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "glossary"
  manage_master_user_password = true
  storage_encrypted           = true
  skip_final_snapshot         = true
  vpc_security_group_ids      = [aws_security_group.alb.id]
}
