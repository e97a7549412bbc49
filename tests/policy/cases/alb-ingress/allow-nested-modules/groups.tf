# why: Groups and rules come out of modules, their ids passed down and up.

module "groups" {
  source = "./modules/groups"
  vpc    = aws_vpc.translator.id
  ranges = { clients = "10.8.0.0/16", office = "203.0.113.0/24" }
}
