module "flow" {
  source   = "./modules/flow"
  for_each = { translator = aws_vpc.translator }
  vpc      = each.value
  key      = aws_kms_key.logs
}
