# why: With -target the plan leaves most of the design out, so nothing can be concluded from it.
# plan: -target=aws_lb.translator
