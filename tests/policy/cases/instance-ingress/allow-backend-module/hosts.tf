# why: Template, group and target group live in a module that takes an object and gives an object back.

module "backend" {
  source = "./modules/backend"
  place = {
    vpc     = aws_vpc.translator.id
    subnets = values(aws_subnet.private)[*].id
  }
  groups = [aws_security_group.instance.id]
  origin = "https://translate.corp.example"
}
